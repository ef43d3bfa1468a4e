import type { NetworksOverview } from '../../admin/networks/loadOverview.ts'
import { createNetwork } from '../../../../test/support/cashbackFactories.ts'
import { createUser, signIn } from '../../../../test/support/factories.ts'
import { insertTransaction } from '../../../../test/support/insertRows.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const PATH = '/api/networks/overview'
const signedInAs = async (role: 'admin' | 'finance' | 'member' | 'support') =>
  signIn(product.payload, await createUser(product.payload, { role }))

const insertRun = (
  network: string,
  over: { status: string; startedAt: string; errorCode?: string },
) =>
  product.sql(`insert into sync_runs (id, network_id, status, window_by, window_from, window_to,
      started_at, ended_at, pages, rows, changed, created, unattributed, quarantined, error_code, error)
    values (time_ordered_uuid(), '${network}', '${over.status}', 'event', '${over.startedAt}',
      '${over.startedAt}', '${over.startedAt}', '${over.startedAt}', 1, 10, 5, 2, 1, 1,
      ${over.errorCode ? `'${over.errorCode}', 'It answered 401.'` : 'null, null'})`)

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
    const { id, name } = await createNetwork(product.payload)
    const member = await createUser(product.payload)
    await insertRun(id, { status: 'completed', startedAt: '2026-11-18T02:00:00Z' })
    const failed = { status: 'failed', errorCode: 'network.unauthorized' }
    await insertRun(id, { ...failed, startedAt: '2026-11-19T02:00:00Z' })
    await insertRun(id, { ...failed, startedAt: '2026-11-20T02:00:00Z' })
    await product.sql(`update networks set last_problem = 'It answered 401.' where id = '${id}'`)
    await product.sql(`insert into quarantined_rows (id, network_id, content_hash, code, detail, raw, resolved_at, created_at)
      values (time_ordered_uuid(), '${id}', 'h', 'row.no-amount', 'payout is not a number', '{}', null, now() - interval '1 day'),
        (time_ordered_uuid(), '${id}', 's', 'row.no-amount', 'it was resolved', '{}', now(), now())`)
    await insertTransaction(product, id)
    await insertTransaction(product, id, { status: 'declined' })
    await insertTransaction(product, id, { reversal_of: 'o1' })
    await insertTransaction(product, id, { member_id: member.id })
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
    await createNetwork(product.payload, {
      credentials: { VCOMMISSION_API_KEY: 'a-key-of-theirs' },
      settings: { baseUrl: 'https://only.example' },
    })
    const text = JSON.stringify(await read(await signedInAs('admin')))
    expect(text).not.toMatch(/encrypted|a-key-of-theirs|only\.example|credentials/)
  })
})
