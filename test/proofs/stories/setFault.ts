import { ADAPTERS } from '../../../src/cashback/networks/index.ts'
import { control } from '../control.ts'
import { DNS_FAIL, type Fault } from './listFaults.ts'
import type { NetworkName } from './networkSettings.ts'
import type { Testbed } from './startTestbed.ts'

/** A host name that never resolves (RFC 6761, 6.4). */
const NOWHERE = 'nowhere.invalid'

/** Sets a fault: the network's next `times` requests meet it. `DNS_FAIL` meets all of them. */
export const setFault = async (
  testbed: Testbed,
  { fault, network, times }: Fault,
): Promise<void> => {
  if (fault === DNS_FAIL) return moveNetwork(testbed, network, `http://${NOWHERE}`)
  const rule = { provider: network, fault, times, seconds: 3 }
  await control(testbed.simulator.url, '/faults', rule)
}

/** Clears all faults of the simulator, and restores the address of networks with `DNS_FAIL`. */
export const clearFaults = async (testbed: Testbed, faults: Fault[]): Promise<void> => {
  await control(testbed.simulator.url, '/faults', undefined, 'DELETE')
  for (const { fault, network } of faults) {
    if (fault === DNS_FAIL) await moveNetwork(testbed, network, null)
  }
}

type Logged = { requests: { fault: string | null; at: string }[] }

/** Counts the requests that met the fault since then. For `DNS_FAIL` it counts failed runs. */
export const countFaultHits = async (
  testbed: Testbed,
  { fault, network, since }: Omit<Fault, 'times'> & { since: Date },
): Promise<number> => {
  if (fault === DNS_FAIL) return countRunsToNowhere(testbed, network, since)
  const { requests } = await control<Logged>(testbed.simulator.url, `/requests?provider=${network}`)
  return requests.filter((each) => each.fault === fault && Date.parse(each.at) >= since.getTime())
    .length
}

/**
 * Sets the network's own base URL, with credentials for it; null: the environment's URL and its
 * credentials.
 */
const moveNetwork = async (
  { networks, product }: Testbed,
  network: NetworkName,
  baseUrl: string | null,
): Promise<void> => {
  const needs = ADAPTERS[network]?.needs ?? []
  const credentials = Object.fromEntries(needs.map((name) => [name, 'of-nowhere']))
  const data = (
    baseUrl === null
      ? { settings: null, credentials: null }
      : { settings: { baseUrl }, credentials }
  ) as never
  await product.payload.update({ collection: 'networks', id: networks[network], data, depth: 0 })
}

const countRunsToNowhere = async (
  { networks, product }: Testbed,
  network: NetworkName,
  since: Date,
): Promise<number> => {
  const rows = await product.query(
    `select 1 from sync_runs where network_id = $1 and started_at >= $2 and error like $3`,
    [networks[network], since, `${NOWHERE} %`],
  )
  return rows.length
}
