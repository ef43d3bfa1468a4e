import { control } from '../control.ts'
import { label, type Fault } from './faultsOf.ts'
import { NETWORKS, type NetworkName } from './networkSettings.ts'
import { pollThrough } from './pollThrough.ts'
import { runJob } from './runJob.ts'
import { clearFaults, setFault, timesStruck } from './setFault.ts'
import { allowedBalances, aShopper, somethingNew, type Shopper } from './shopper.ts'
import { balanceSeenBy } from './aPerson.ts'
import type { Testbed } from './startTestbed.ts'

export type Rounds = {
  struck: number
  /** Of runs that failed, or were broken off, under the fault. */
  failed: number
  wrong: string[]
  /** Faults that no request met: nothing is proven of them. */
  silent: string[]
}

const JOB = 'sync-networks'
const WEEK_AND_MORE_MS = 8 * 86_400_000

/**
 * Round after round something new happens at each network, and the worker asks for it while the
 * network misbehaves: wallets hold what they did, or what has been approved since. Then it asks once
 * more, and they hold what they should.
 */
export const faultRounds = async (
  cast: Testbed,
  { random, rounds }: { rounds: Fault[][]; random: () => number },
): Promise<Rounds> => {
  const shoppers = new Map<NetworkName, Shopper>()
  for (const network of NETWORKS) shoppers.set(network, await aShopper(cast, network))
  const result: Rounds = { struck: 0, failed: 0, wrong: [], silent: [] }
  for (const faults of rounds) {
    // By then tokens are over, and have to be renewed.
    const isLong = faults.some(({ fault }) => fault === 'refresh-rotated')
    const since = await advance(cast, isLong ? WEEK_AND_MORE_MS : 1_000)
    for (const shopper of shoppers.values()) await somethingNew(cast, shopper, random)
    await askUnderFaults(cast, { faults, since, result })
    result.wrong.push(...(await wrongNow(cast, shoppers, `during ${label(faults)}`)))
    await pollThrough(cast, since)
    for (const shopper of shoppers.values()) shopper.deltas = []
    result.wrong.push(...(await wrongNow(cast, shoppers, `after ${label(faults)}`)))
  }
  return result
}

type Asked = { faults: Fault[]; since: Date; result: Rounds }

const askUnderFaults = async (cast: Testbed, { faults, result, since }: Asked): Promise<void> => {
  for (const fault of faults) await setFault(cast, fault)
  const run = await runJob(cast, JOB, since)
  await clearFaults(cast, faults)
  for (const { fault, network } of faults) {
    if (run.report?.[network] !== 'completed') result.failed += 1
    const count = await timesStruck(cast, { fault, network, since })
    result.struck += count
    if (count === 0) result.silent.push(`${fault} at ${network}`)
  }
}

/** Lets some time pass, and answers what it is then. */
export const advance = async ({ simulator }: Testbed, advanceMs: number): Promise<Date> =>
  new Date((await control<{ now: string }>(simulator.url, '/clock', { advanceMs })).now)

export const wrongNow = async (
  cast: Testbed,
  shoppers: Map<NetworkName, Shopper>,
  when: string,
): Promise<string[]> => {
  const wrong: string[] = []
  for (const [network, shopper] of shoppers) {
    const seen = await balanceSeenBy(cast, shopper.person, 'INR')
    const allowed = allowedBalances(shopper)
    if (!allowed.includes(seen))
      wrong.push(`${network} ${seen}, not ${allowed.join(' or ')} (${when})`)
  }
  return wrong
}
