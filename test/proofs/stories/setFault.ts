import { control } from '../control.ts'
import { DNS_FAIL, type Fault } from './faultsOf.ts'
import type { NetworkName } from './networkSettings.ts'
import type { Testbed } from './startTestbed.ts'

/** A host that no resolver knows (RFC 6761, 6.4). */
const NOWHERE = 'nowhere.invalid'

/** From now on: so many requests of the network meet the fault; with `DNS_FAIL`, all of them. */
export const setFault = async (cast: Testbed, { fault, network, times }: Fault): Promise<void> => {
  if (fault === DNS_FAIL) return moveTo(cast, network, { baseUrl: `http://${NOWHERE}` })
  const dial = { provider: network, fault, times, seconds: 3 }
  await control(cast.simulator.url, '/faults', dial)
}

/** Nothing is wrong any more with whatever these faults were set for. */
export const clearFaults = async (cast: Testbed, faults: Fault[]): Promise<void> => {
  await control(cast.simulator.url, '/faults', undefined, 'DELETE')
  for (const { fault, network } of faults) {
    if (fault === DNS_FAIL) await moveTo(cast, network, null)
  }
}

type Logged = { requests: { fault: string | null; at: string }[] }

/** How many requests met a fault since then; with `DNS_FAIL`, how many runs. */
export const timesStruck = async (
  cast: Testbed,
  { fault, network, since }: Omit<Fault, 'times'> & { since: Date },
): Promise<number> => {
  if (fault === DNS_FAIL) return runsToNowhere(cast, network, since)
  const { requests } = await control<Logged>(cast.simulator.url, `/requests?provider=${network}`)
  return requests.filter((each) => each.fault === fault && Date.parse(each.at) >= since.getTime())
    .length
}

const moveTo = async (
  { networks, product }: Testbed,
  network: NetworkName,
  settings: object | null,
): Promise<void> => {
  const data = { settings } as never
  await product.payload.update({ collection: 'networks', id: networks[network], data, depth: 0 })
}

const runsToNowhere = async (
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
