import { setTimeout as wait } from 'node:timers/promises'

import { control } from '../control.ts'
import { pickSome } from '../pickSome.ts'
import { seededRandom } from '../seededRandom.ts'
import type { Finding } from '../types.ts'
import { requestJson } from './requestJson.ts'
import { advance, faultRounds, findWrongBalances } from './faultRounds.ts'
import { A_DAY, listFaults, fillPages } from './listFaults.ts'
import { NETWORKS, type NetworkName } from './networkSettings.ts'
import { pollThrough } from './pollThrough.ts'
import { countFaultHits } from './setFault.ts'
import { createShopper, changeOrders, type Shopper } from './shopper.ts'
import type { Testbed } from './startTestbed.ts'

type Options = {
  /** How many requests meet each fault. Every fault is set once for each number. */
  times: number[]
  /** The share of the rounds of faults that the seed chooses. 1 is all of them. */
  share: number
  seed: number
  say: (line: string) => void
}

/** Sets the faults of every network, and checks wallets during each fault and after it. */
export const proveFaults = async (
  testbed: Testbed,
  { say, seed, share, times }: Options,
): Promise<Finding[]> => {
  await fillPages(testbed)
  const started = Date.now()
  const rounds = pickSome(await listFaults(testbed, times), share, seed)
  const random = seededRandom(seed)
  const { failed, unmet, hits, wrong } = await faultRounds(testbed, { random, rounds })
  const count = rounds.reduce((sum, faults) => sum + faults.length, 0)
  say(`${count} faults, ${Math.round((Date.now() - started) / 1000)} s`)
  return [
    {
      guarantee: 'each fault of each network met a request',
      holds: unmet.length === 0,
      seen: `${count} faults set, ${hits} requests met one, ${failed} runs failed; met by no request: ${unmet.join(', ') || 'none'}`,
    },
    {
      guarantee: 'no fault moves a wrong amount, and a run without faults completes the wallets',
      holds: wrong.length === 0,
      seen: wrong.join('; ') || `${count} faults, wallets exact`,
    },
    await killWhileBackingOff(testbed, random),
  ]
}

/** Every network asks to wait for a day. The waiting worker is killed, and a new one reads on. */
const killWhileBackingOff = async (testbed: Testbed, random: () => number): Promise<Finding> => {
  const { admin, product, simulator } = testbed
  const shoppers = new Map<NetworkName, Shopper>()
  for (const network of NETWORKS) {
    const shopper = await createShopper(testbed, network)
    await changeOrders(testbed, shopper, random)
    shoppers.set(network, shopper)
    await control(simulator.url, '/faults', { provider: network, fault: A_DAY })
  }
  const since = await advance(testbed, 1_000)
  const url = `${product.web.baseUrl}/api/v1/queue/jobs/sync-networks/run`
  await requestJson(url, { authorization: admin, body: {} })
  for (const network of NETWORKS) {
    while ((await countFaultHits(testbed, { fault: A_DAY, network, since })) === 0) await wait(50)
  }
  await testbed.replaceWorker()
  await control(simulator.url, '/faults', undefined, 'DELETE')
  await pollThrough(testbed, since)
  for (const shopper of shoppers.values()) shopper.deltas = []
  const wrong = await findWrongBalances(testbed, shoppers, 'after the worker was killed')
  return {
    guarantee:
      'after a worker is killed while it backs off for a day, the next one completes the wallets',
    holds: wrong.length === 0,
    seen: wrong.join('; ') || `${NETWORKS.length} networks, wallets exact`,
  }
}
