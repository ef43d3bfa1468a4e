import { control } from '../control.ts'
import { fillPages } from '../stories/listFaults.ts'
import { NETWORKS, type NetworkName } from '../stories/networkSettings.ts'
import type { Testbed } from '../stories/startTestbed.ts'
import { requestSync, untilNot } from '../syncKill/requestSync.ts'
import { connect } from '../syncKill/runBaseline.ts'

const FAULTS = ['huge-rows', 'many-rows', 'deep-rows', 'huge-text', 'gzip-bomb'] as const

export type HostileRun = {
  fault: string
  hostile: readonly NetworkName[]
  /** The end of each network's run. */
  ends: Record<string, string>
}

/**
 * Lets the worker read networks that answer with what fills memory: each kind from one network,
 * and then from all but one at once. The others have pages of transactions.
 */
export const readHostileNetworks = async (testbed: Testbed): Promise<HostileRun[]> => {
  const { product, simulator } = testbed
  const client = await connect(product.web.databaseUrl)
  await fillPages(testbed)
  const runs: HostileRun[] = []
  try {
    for (const [at, fault] of FAULTS.entries()) {
      const one = NETWORKS[at % NETWORKS.length] ?? 'awin'
      for (const hostile of [[one], NETWORKS.filter((network) => network !== one)]) {
        await control(simulator.url, '/faults', undefined, 'DELETE')
        for (const provider of hostile) await control(simulator.url, '/faults', { provider, fault })
        const id = await requestSync(client)
        const { report } = await untilNot(client, id, ['requested', 'running'])
        runs.push({ fault, hostile, ends: report ?? {} })
      }
    }
  } finally {
    await control(simulator.url, '/faults', undefined, 'DELETE')
    await client.end()
  }
  return runs
}

/** The runs that ended otherwise than they should, one line each. */
export const listWrongRuns = (runs: HostileRun[]): string[] =>
  runs.flatMap(({ ends, fault, hostile }) =>
    NETWORKS.filter((network) => {
      const expected = hostile.includes(network) ? 'failed: network.too-large' : 'completed'
      return ends[network] !== expected
    }).map(
      (network) => `${network} with ${fault} at ${hostile.join('+')}: ${ends[network] ?? 'no end'}`,
    ),
  )
