import { createLocalReq } from 'payload'
import { Registry } from 'prom-client'

import { inTransaction } from '../../../database/inTransaction.ts'
import { readDb } from '../../../database/readDb.ts'
import { registerNetworkGauges } from '../../../server/openMetrics.ts'
import {
  createSimulatedNetwork,
  type SimulatedNetwork,
} from '../../../../test/support/networks/simulatedNetwork.ts'
import { createUser } from '../../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'
import { useSimulator } from '../../../../test/support/useSimulator.ts'
import { notifyStaleNetworks } from './notifyStaleNetworks.ts'

const HOUR = 3_600_000
let product: Product
let network: SimulatedNetwork
const simulator = useSimulator()
beforeAll(async () => {
  product = await startProduct()
  await createUser(product.payload, { role: 'admin', name: 'One' })
  await createUser(product.payload, { role: 'admin', name: 'Two' })
  await createUser(product.payload, { role: 'finance' })
})
afterAll(() => product.close())
beforeEach(async () => {
  await product.sql(`delete from notifications; update networks set is_on = false`)
  network = await createSimulatedNetwork(product, { adapter: 'vcommission', simulator })
})

/** Hours from now. */
const notifyAt = async (hours: number) => {
  const req = await createLocalReq({}, product.payload)
  return inTransaction(req, () => notifyStaleNetworks(req, new Date(Date.now() + hours * HOUR)))
}
const written = async () =>
  (
    await product.sql<{ data: { kind: string; network: string } }>(
      `select data from notifications where template = 'network-stale'`,
    )
  ).map(({ data }) => [data.network, data.kind])
const succeed = (hours: number) =>
  product.sql(`update networks set last_success_at = now() + interval '${hours} hours'
    where id = '${network.id}'`)
const insertRun = (hours: number, changed: number) =>
  product.sql(`insert into sync_runs (id, network_id, status, window_by, window_from, window_to,
    started_at, pages, rows, changed, quarantined)
    values (time_ordered_uuid(), '${network.id}', 'completed', 'event', now(), now(),
      now() + interval '${hours} hours', 1, 1, ${changed}, 0)`)

it('every admin is notified once of a stale network, and again when it recovers and becomes stale', async () => {
  expect(await notifyAt(71)).toEqual([])
  expect(await notifyAt(73)).toEqual([network.name])
  await notifyAt(80)
  await notifyAt(500)
  expect(await written()).toEqual([
    [network.name, 'no-run'],
    [network.name, 'no-run'],
  ])
  await succeed(501)
  expect(await notifyAt(502)).toEqual([])
  expect(await written()).toHaveLength(2)
  await notifyAt(501 + 73)
  await notifyAt(501 + 74)
  expect(await written()).toHaveLength(4)
})

it('a network that is off or read from files is never stale', async () => {
  await product.sql(`update networks set adapter = 'csv' where id = '${network.id}'`)
  expect(await notifyAt(1_000)).toEqual([])
  await product.sql(
    `update networks set adapter = 'vcommission', is_on = false where id = '${network.id}'`,
  )
  expect(await notifyAt(1_000)).toEqual([])
})

it('a network with earlier changes becomes stale after successful runs without changes', async () => {
  const week = 7 * 72
  await succeed(2 * week)
  expect(await notifyAt(2 * week + 1)).toEqual([])
  await insertRun(0, 5)
  await insertRun(week, 0)
  expect(await notifyAt(week - 1)).toEqual([])
  expect(await notifyAt(2 * week + 1)).toEqual([network.name])
  await notifyAt(2 * week + 2)
  expect(await written()).toEqual([
    [network.name, 'no-news'],
    [network.name, 'no-news'],
  ])
})

it('the metrics contain the time since the last read of each network that is on', async () => {
  await succeed(0)
  const registry = new Registry()
  await registerNetworkGauges(registry)(await readDb(product), new Date(Date.now() + 2 * HOUR))
  const text = await registry.metrics()
  const [, seconds] = /unread_seconds\{network="[^"]+"\} (\d+)/.exec(text) ?? []
  expect(Math.round(Number(seconds) / 60)).toBe(120)
  expect(text.match(/unread_seconds\{/g)).toHaveLength(1)
})
