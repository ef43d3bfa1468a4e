import { randomUUID } from 'node:crypto'

import type { NetworksOverview } from '../../admin/networks/loadOverview.ts'
import { aUser, signIn } from '../../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const PATH = '/api/networks/overview'
const signedInAs = async (role: 'admin' | 'finance' | 'member' | 'support') =>
  signIn(product.payload, await aUser(product.payload, { role }))

const aNetwork = async (over: object = {}) =>
  product.payload.create({
    collection: 'networks',
    data: { name: randomUUID(), adapter: 'vcommission', ...over } as never,
  })

const aRun = (network: string, over: { status: string; startedAt: string; errorCode?: string }) =>
  product.sql(`insert into sync_runs (id, network_id, status, window_by, window_from, window_to,
      started_at, ended_at, pages, rows, changed, created, unattributed, quarantined, error_code, error)
    values (time_ordered_uuid(), '${network}', '${over.status}', 'event', '${over.startedAt}',
      '${over.startedAt}', '${over.startedAt}', '${over.startedAt}', 1, 10, 5, 2, 1, 1,
      ${over.errorCode ? `'${over.errorCode}', 'It answered 401.'` : 'null, null'})`)

const aTransaction = (
  network: string,
  over: { status?: string; reversalOf?: string; member?: string },
) =>
  product.sql(`insert into network_transactions (id, network_id, external_id, status, raw_status,
      commission_minor, currency, event_at, observed_at, content_hash, reversal_of, member_id)
    values (time_ordered_uuid(), '${network}', '${randomUUID()}', '${over.status ?? 'pending'}', 'x',
      100, 'INR', now(), now(), '${randomUUID()}', ${over.reversalOf ? `'${over.reversalOf}'` : 'null'},
      ${over.member ? `'${over.member}'` : 'null'})`)

const read = async (authorization: string) => {
  const { body, headers, status } = await product.rest<NetworksOverview>('GET', PATH, {
    authorization,
  })
  expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
  return body
}

describe('the overview of networks', () => {
  it('is for staff only', async () => {
    expect((await product.rest('GET', PATH)).status).toBe(401)
    const asMember = { authorization: await signedInAs('member') }
    expect((await product.rest('GET', PATH, asMember)).status).toBe(403)
    for (const role of ['admin', 'finance', 'support'] as const) {
      await read(await signedInAs(role))
    }
  })

  it('shows a network’s runs, problem, open requests, unattributed transactions and quarantined rows', async () => {
    const { id, name } = await aNetwork()
    const member = await aUser(product.payload)
    await aRun(id, { status: 'completed', startedAt: '2026-11-18T02:00:00Z' })
    const failed = { status: 'failed', errorCode: 'network.unauthorized' }
    await aRun(id, { ...failed, startedAt: '2026-11-19T02:00:00Z' })
    await aRun(id, { ...failed, startedAt: '2026-11-20T02:00:00Z' })
    await product.sql(`update networks set last_problem = 'It answered 401.' where id = '${id}'`)
    await product.sql(`insert into quarantined_rows (id, network_id, content_hash, code, detail, raw, resolved_at, created_at)
      values (time_ordered_uuid(), '${id}', 'h', 'row.no-amount', 'payout is not a number', '{}', null, now() - interval '1 day'),
        (time_ordered_uuid(), '${id}', 's', 'row.no-amount', 'it was resolved', '{}', now(), now())`)
    await aTransaction(id, {})
    await aTransaction(id, { status: 'declined' })
    await aTransaction(id, { reversalOf: 'o1' })
    await aTransaction(id, { member: member.id })
    await product.sql(`insert into sync_requests (id, network_id, mode, status, note, requested_by_id)
      values (time_ordered_uuid(), '${id}', 'fetch', 'waiting', 'late approvals', '${member.id}')`)

    const { networks, nextRunAt, runs } = await read(await signedInAs('support'))
    expect(networks.find((network) => network.id === id)).toMatchObject({
      name,
      problemCode: 'network.unauthorized',
      failures: 2,
      failingSince: '2026-11-19T02:00:00+00:00',
      lastRead: null,
      unattributed: 1,
      quarantined: 1,
      quarantineReason: 'payout is not a number',
      requests: [
        { mode: 'fetch', status: 'waiting', note: 'late approvals', requestedBy: member.name },
      ],
    })
    expect(nextRunAt).toMatch(/T02:00:00/)
    expect(runs.filter(({ network }) => network === name).map(({ status }) => status)).toEqual([
      'failed',
      'failed',
      'completed',
    ])
  })

  it('contains no credentials and no settings of a network', async () => {
    await aNetwork({
      credentials: { VCOMMISSION_API_KEY: 'a-key-of-theirs' },
      settings: { baseUrl: 'https://only.example' },
    })
    const text = JSON.stringify(await read(await signedInAs('admin')))
    expect(text).not.toMatch(/sealed|a-key-of-theirs|only\.example|credentials/)
  })
})
