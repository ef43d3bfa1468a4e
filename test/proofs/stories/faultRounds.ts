import { control } from '../control.ts'
import { formatFaults, type Fault } from './listFaults.ts'
import { NETWORKS, type NetworkName } from './networkSettings.ts'
import { pollThrough } from './pollThrough.ts'
import { runJob } from './runJob.ts'
import { clearFaults, setFault, countFaultHits } from './setFault.ts'
import { allowedBalances, createShopper, changeOrders, type Shopper } from './shopper.ts'
import { fetchBalance } from './createPerson.ts'
import type { Testbed } from './startTestbed.ts'

export type Rounds = {
  /** How many requests met a fault. */
  hits: number
  /** How many runs of a network did not complete under its fault. */
  failed: number
  wrong: string[]
  /** Faults that no request met. Nothing is proven of them. */
  unmet: string[]
}

const JOB = 'sync-networks'
const EIGHT_DAYS_MS = 8 * 86_400_000

/**
 * In each round orders change at every network, and the worker reads the networks under one fault
 * each. Every wallet then holds the old balance, or also some of the changes. After another read
 * without faults every wallet has to be exact.
 */
export const faultRounds = async (
  testbed: Testbed,
  { random, rounds }: { rounds: Fault[][]; random: () => number },
): Promise<Rounds> => {
  const shoppers = new Map<NetworkName, Shopper>()
  for (const network of NETWORKS) shoppers.set(network, await createShopper(testbed, network))
  const result: Rounds = { hits: 0, failed: 0, wrong: [], unmet: [] }
  for (const faults of rounds) {
    // After this time the tokens have expired and have to be renewed.
    const isLong = faults.some(({ fault }) => fault === 'refresh-rotated')
    const since = await advance(testbed, isLong ? EIGHT_DAYS_MS : 1_000)
    for (const shopper of shoppers.values()) await changeOrders(testbed, shopper, random)
    await pollUnderFaults(testbed, { faults, since, result })
    result.wrong.push(
      ...(await findWrongBalances(testbed, shoppers, `during ${formatFaults(faults)}`)),
    )
    await pollThrough(testbed, since)
    for (const shopper of shoppers.values()) shopper.deltas = []
    result.wrong.push(
      ...(await findWrongBalances(testbed, shoppers, `after ${formatFaults(faults)}`)),
    )
  }
  return result
}

type Round = { faults: Fault[]; since: Date; result: Rounds }

const pollUnderFaults = async (
  testbed: Testbed,
  { faults, result, since }: Round,
): Promise<void> => {
  for (const fault of faults) await setFault(testbed, fault)
  const run = await runJob(testbed, JOB, since)
  await clearFaults(testbed, faults)
  for (const { fault, network } of faults) {
    if (run.report?.[network] !== 'completed') result.failed += 1
    const count = await countFaultHits(testbed, { fault, network, since })
    result.hits += count
    if (count === 0) result.unmet.push(`${fault} at ${network}`)
  }
}

/** Advances the simulator's clock. Returns its new time. */
export const advance = async ({ simulator }: Testbed, advanceMs: number): Promise<Date> =>
  new Date((await control<{ now: string }>(simulator.url, '/clock', { advanceMs })).now)

/**
 * Compares the balance of every shopper with the allowed ones. Returns a line for each wrong
 * balance.
 */
export const findWrongBalances = async (
  testbed: Testbed,
  shoppers: Map<NetworkName, Shopper>,
  when: string,
): Promise<string[]> => {
  const wrong: string[] = []
  for (const [network, shopper] of shoppers) {
    const seen = await fetchBalance(testbed, shopper.person, 'INR')
    const allowed = allowedBalances(shopper)
    if (!allowed.includes(seen))
      wrong.push(`${network} ${seen}, not ${allowed.join(' or ')} (${when})`)
  }
  return wrong
}
