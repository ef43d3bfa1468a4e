import { setTimeout as wait } from 'node:timers/promises'

import { control } from '../control.ts'
import { pickSome } from '../pickSome.ts'
import { seededRandom } from '../seededRandom.ts'
import type { Finding } from '../types.ts'
import { ask } from './ask.ts'
import { advance, faultRounds, wrongNow } from './faultRounds.ts'
import { A_DAY, faultsOf, fillPages } from './faultsOf.ts'
import { NETWORKS, type NetworkName } from './networkSettings.ts'
import { pollThrough } from './pollThrough.ts'
import { timesStruck } from './setFault.ts'
import { aShopper, somethingNew, type Shopper } from './shopper.ts'
import type { Testbed } from './startTestbed.ts'

type Asked = {
  /** How often each fault strikes. */
  times: number[]
  /** The part of the rounds of faults that the seed chooses; 1 for all. */
  share: number
  seed: number
  say: (line: string) => void
}

/** The faults of every network, and what wallets hold meanwhile and afterwards. */
export const faultAct = async (
  cast: Testbed,
  { say, seed, share, times }: Asked,
): Promise<Finding[]> => {
  await fillPages(cast)
  const started = Date.now()
  const rounds = pickSome(await faultsOf(cast, times), share, seed)
  const random = seededRandom(seed)
  const { failed, silent, struck, wrong } = await faultRounds(cast, { random, rounds })
  const count = rounds.reduce((sum, faults) => sum + faults.length, 0)
  say(`${count} faults, ${Math.round((Date.now() - started) / 1000)} s`)
  return [
    {
      guarantee: 'each fault of each network struck',
      holds: silent.length === 0,
      seen: `${count} set, ${struck} requests met one, ${failed} runs failed; none met ${silent.join(', ') || 'nothing'}`,
    },
    {
      guarantee: 'no fault moves wrong money, and a clean run brings what is missing',
      holds: wrong.length === 0,
      seen: wrong.join('; ') || `${count} faults, wallets exact`,
    },
    await tomorrow(cast, random),
  ]
}

/** Networks that say "tomorrow", a worker that dies waiting, and the next one. */
const tomorrow = async (cast: Testbed, random: () => number): Promise<Finding> => {
  const { admin, product, simulator } = cast
  const shoppers = new Map<NetworkName, Shopper>()
  for (const network of NETWORKS) {
    const shopper = await aShopper(cast, network)
    await somethingNew(cast, shopper, random)
    shoppers.set(network, shopper)
    await control(simulator.url, '/faults', { provider: network, fault: A_DAY })
  }
  const since = await advance(cast, 1_000)
  const url = `${product.web.baseUrl}/api/v1/queue/jobs/sync-networks/run`
  await ask(url, { authorization: admin, body: {} })
  for (const network of NETWORKS) {
    while ((await timesStruck(cast, { fault: A_DAY, network, since })) === 0) await wait(50)
  }
  await cast.replaceWorker()
  await control(simulator.url, '/faults', undefined, 'DELETE')
  await pollThrough(cast, since)
  for (const shopper of shoppers.values()) shopper.deltas = []
  const wrong = await wrongNow(cast, shoppers, 'after the worker was killed')
  return {
    guarantee: 'a worker that is killed while it waits for tomorrow leaves all to the next one',
    holds: wrong.length === 0,
    seen: wrong.join('; ') || `${NETWORKS.length} networks, wallets exact`,
  }
}
