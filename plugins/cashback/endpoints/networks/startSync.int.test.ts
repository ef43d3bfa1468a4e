import { randomUUID } from 'node:crypto'

import { provideEnv } from '../../../../src/config/env.ts'
import { readDb } from '../../../../src/database/readDb.ts'
import { syncNetworks } from '../../../../jobs/cashback/syncNetworks.ts'
import { requestDueSyncs } from '../../../../src/cashback/ingestion/sync/requestDueSyncs.ts'
import { runSyncRequests } from '../../../../src/cashback/ingestion/sync/runSyncRequests.ts'
import { withSyncLock } from '../../../../src/cashback/ingestion/sync/syncNetwork.ts'
import { networksOptions } from '../../../../src/cashback/ingestion/sync/networksOptions.ts'
import {
  CASHBACK_MINOR,
  createNetworkWithOrders,
} from '../../../../test/support/networks/simulatedNetwork.ts'
import { createUser, readBalance, signIn } from '../../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'
import { useSimulator } from '../../../../test/support/useSimulator.ts'

let product: Product
const tokens: Record<string, string> = {}
const simulator = useSimulator()
beforeAll(async () => {
  provideEnv({ NETWORK_TIMEOUT_MS: '250' })
  product = await startProduct()
  networksOptions(product.payload).wiring = { backOff: () => Promise.resolve() }
  for (const role of ['admin', 'finance', 'support', 'member'] as const) {
    tokens[role] = await signIn(product.payload, await createUser(product.payload, { role }))
  }
})
afterAll(() => product.close())
beforeEach(async () => {
  await product.sql(
    `delete from sync_runs; delete from sync_requests; update networks set is_on = false`,
  )
})

const { signal } = new AbortController()
const request = (id: string, body: object = {}, role = 'admin') =>
  product.rest<{
    request: { id: string; status: string }
    errors: { code: string; field?: string }[]
  }>('POST', `/api/networks/${id}/sync`, { authorization: tokens[role], body })
const runRequests = (stop = signal) => runSyncRequests({ payload: product.payload, signal: stop })
const createNetwork = () => createNetworkWithOrders(product, { adapter: 'vcommission', simulator })
const requestRow = async (id: string) =>
  (
    await product.sql<Record<string, string | null>>(
      `select * from sync_requests where id = '${id}'`,
    )
  )[0]

it('a requested sync runs, and its outcome, runs and audit log are stored', async () => {
  const { id, member } = await createNetwork()
  const { body, status } = await request(id, { note: 'late orders' }, 'finance')
  expect([status, body.request.status]).toEqual([201, 'waiting'])
  expect(await runRequests()).toEqual({ [body.request.id]: 'completed' })
  expect(await requestRow(body.request.id)).toMatchObject({
    status: 'completed',
    note: 'late orders',
    outcome: '2 new, 0 changed, 0 unattributed, 0 quarantined',
    ended_at: expect.any(String),
  })
  expect(await readBalance(product.payload, member)).toBe(2 * CASHBACK_MINOR)
  const runs = await product.sql(`select request_id from sync_runs where network_id = '${id}'`)
  expect(new Set(runs.map((run) => JSON.stringify(run))).size).toBe(1)
  expect(runs[0]).toEqual({ request_id: body.request.id })
  expect(
    await product.sql(
      `select action, actor_role, reason from audit_logs where subject_id = '${body.request.id}'`,
    ),
  ).toEqual([{ action: 'sync', actor_role: 'finance', reason: 'late orders' }])
})

it('a sync can be requested by finance and admins only', async () => {
  const { id } = await createNetwork()
  for (const [role, expected] of [
    ['support', 403],
    ['member', 403],
    ['anonymous', 401],
  ] as const) {
    expect((await request(id, {}, role)).status).toBe(expected)
    const all = { authorization: tokens[role], body: {} }
    expect((await product.rest('POST', '/api/networks/sync', all)).status).toBe(expected)
  }
  expect(await product.sql('select 1 from sync_requests')).toEqual([])
})

it.each([
  [{ from: 'yesterday' }, 'from'],
  [{ from: '2026-13-01' }, 'from'],
  [{ to: '2026-01-01' }, 'from'],
  [{ from: '2026-02-01', to: '2026-01-01' }, 'to'],
  [{ from: '2999-01-01' }, 'from'],
  [{ from: '2001-01-01' }, 'from'],
  [{ from: 5 }, 'from'],
  [{ mode: 'guess' }, 'mode'],
  [{ note: 'x'.repeat(201) }, 'note'],
  [{ other: 1 }, 'other'],
])('%j is refused with an error for its field', async (body, field) => {
  const { id } = await createNetwork()
  const answered = await request(id, body)
  expect(answered.status).toBe(400)
  expect(answered.body.errors[0]).toMatchObject({ field })
})

it('a second request of the same mode, and one for a network that is off or unknown, is refused', async () => {
  const { id } = await createNetwork()
  expect((await request(id)).status).toBe(201)
  const again = await request(id)
  expect([again.status, again.body.errors[0]?.code]).toEqual([409, 'sync.already-requested'])
  expect((await request(id, { mode: 'replay' })).status).toBe(201)
  await product.sql(`update networks set is_on = false where id = '${id}'`)
  const off = await request(id)
  expect([off.status, off.body.errors[0]?.code]).toEqual([409, 'network.off'])
  expect((await request(randomUUID())).status).toBe(404)
  expect((await request('x')).status).toBe(404)
})

it('a request for all networks skips those with an open request', async () => {
  const [one, other] = [await createNetwork(), await createNetwork()]
  await request(one.id)
  const { body, status } = await product.rest<{
    requests: { network: string }[]
    skipped: { network: string; code: string }[]
  }>('POST', '/api/networks/sync', { authorization: tokens.admin, body: {} })
  expect(status).toBe(201)
  expect(body.requests.map(({ network }) => network)).toEqual([other.id])
  expect(body.skipped).toEqual([{ network: one.id, code: 'sync.already-requested' }])
})

it('two workers run a request once', async () => {
  const { id } = await createNetwork()
  const { body } = await request(id)
  const ends = await Promise.all([runRequests(), runRequests()])
  const statuses = ends.map((end) => end[body.request.id])
  expect(statuses.filter((status) => status === 'completed')).toHaveLength(1)
  expect(
    await product.sql(
      `select 1 from sync_runs where network_id = '${id}' group by window_from having count(*) > 1`,
    ),
  ).toEqual([])
})

it('a request waits while another run reads the network, with that outcome, and runs afterwards', async () => {
  const { id } = await createNetwork()
  const { body } = await request(id)
  await withSyncLock({ payload: product.payload, networkId: id, signal }, async () => {
    expect(await runRequests()).toEqual({ [body.request.id]: 'skipped' })
  })
  expect(await requestRow(body.request.id)).toMatchObject({
    status: 'waiting',
    outcome: 'waits: another run is reading it',
  })
  expect(await runRequests()).toEqual({ [body.request.id]: 'completed' })
})

it('the next worker runs the request of a dead one; after three lost workers it fails', async () => {
  const { id } = await createNetwork()
  const { body } = await request(id)
  const die = () =>
    product.sql(`update sync_requests set status = 'running',
        lost_workers = lost_workers + (status = 'running')::int where id = '${body.request.id}';
      insert into sync_runs (id, network_id, request_id, status, window_by, window_from, window_to,
        started_at, pages, rows, changed, quarantined)
      values (time_ordered_uuid(), '${id}', '${body.request.id}', 'running', 'event', now(), now(),
        now(), 0, 0, 0, 0)`)
  await die()
  expect(await runRequests()).toEqual({ [body.request.id]: 'completed' })
  await die()
  await die()
  expect(await runRequests()).toEqual({ [body.request.id]: 'failed' })
  expect((await requestRow(body.request.id))?.outcome).toMatch(/^sync.gave-up/)
})

describe('a network with a sync that ended three workers', () => {
  const giveUp = async () => {
    const { id, name } = await createNetwork()
    const { body } = await request(id)
    await product.sql(`update sync_requests set status = 'running', lost_workers = 2`)
    expect(await runRequests()).toEqual({ [body.request.id]: 'failed' })
    return { id, name }
  }
  const requestDue = async () => requestDueSyncs(await readDb(product), new Date())
  const runNightly = (isRequested = false) =>
    syncNetworks.run({
      payload: product.payload,
      now: new Date(),
      data: null,
      signal,
      isRequested,
    })

  it('shows the reason, and is not read by schedule', async () => {
    const { id, name } = await giveUp()
    const [network] = await product.sql(`select last_problem from networks where id = '${id}'`)
    expect(network).toEqual({ last_problem: '3 workers were lost while they ran it.' })
    expect(await requestDue()).toBe(0)
    expect(await runNightly()).toMatchObject({ [name]: 'skipped: its last read was given up' })
  })

  it('is read again once it is edited', async () => {
    const { id } = await giveUp()
    const data = { syncEveryHours: 5 }
    await product.payload.update({ collection: 'networks', id, data })
    expect(await requestDue()).toBe(1)
  })

  it('is read again when a person requests it', async () => {
    const { id, name } = await giveUp()
    expect(await runNightly(true)).toMatchObject({ [name]: 'completed' })
    await product.sql('delete from sync_runs')
    const { body } = await request(id)
    expect(await runRequests()).toEqual({ [body.request.id]: 'completed' })
  })
})

it('a request that lost two workers runs after the others, and alone', async () => {
  const [suspect, one, other] = [
    await createNetwork(),
    await createNetwork(),
    await createNetwork(),
  ]
  for (const { id } of [suspect, one, other]) await request(id)
  await product.sql(`update sync_requests set status = 'running', lost_workers = 1
    where network_id = '${suspect.id}'`)
  const ends = Object.values(await runRequests())
  expect(ends).toEqual(['completed', 'completed', 'completed'])
  const [row] = await product.sql(`
    select min(started_at) filter (where network_id = '${suspect.id}')
      >= max(ended_at) filter (where network_id <> '${suspect.id}') as "isAfter"
    from sync_runs`)
  expect(row).toEqual({ isAfter: true })
})

it('a stopped worker leaves the request to the next one', async () => {
  const { id, member } = await createNetwork()
  const { body } = await request(id)
  await simulator.control('/faults', { provider: 'vcommission', fault: 'slow', seconds: 0.2 })
  const stopping = new AbortController()
  const running = runRequests(stopping.signal)
  for (let runs = 0; runs === 0;) {
    runs = (await product.sql(`select 1 from sync_runs where network_id = '${id}'`)).length
  }
  stopping.abort()
  expect(await running).toEqual({ [body.request.id]: 'stopped' })
  expect(await requestRow(body.request.id)).toMatchObject({ status: 'waiting' })
  await simulator.control('/faults', undefined, 'DELETE')
  expect(await runRequests()).toEqual({ [body.request.id]: 'completed' })
  expect(await readBalance(product.payload, member)).toBe(2 * CASHBACK_MINOR)
})

it('a requested replay sends no request to the network', async () => {
  const { id } = await createNetwork()
  await request(id)
  await runRequests()
  const before = await simulator.control<{ total: number }>('/requests')
  const { body } = await request(id, { mode: 'replay' })
  expect(await runRequests()).toEqual({ [body.request.id]: 'completed' })
  expect((await simulator.control<{ total: number }>('/requests')).total).toBe(before.total)
  expect((await requestRow(body.request.id))?.outcome).toMatch(/^0 new, 0 changed/)
})
