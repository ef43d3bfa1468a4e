import { readDb } from '../../database/readDb.ts'
import { createNetwork } from '../../../test/support/cashbackFactories.ts'
import { createUser, signIn } from '../../../test/support/factories.ts'
import { insertTransaction } from '../../../test/support/insertRows.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { owedByAge } from './owedByAge.ts'
import { listPaidAhead, sumPaidAhead } from './paidAhead.ts'
import { reconcileDays } from './reconcileDays.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const NOW = new Date('2026-06-01T12:00:00Z')
const daysAgo = (days: number, more = 0) =>
  new Date(NOW.getTime() - days * 86_400_000 - more).toISOString()

type Given = {
  status: string
  minor: number
  at: string
  currency?: string
  paidMinor?: number | null
  /** The credited cashback. */
  credited?: number
}

/** Creates a network with the given transactions and cashback events. */
const createNetworkWith = async (transactions: Given[], over: { name?: string } = {}) => {
  const { payload, sql } = product
  const member = await createUser(payload)
  const { id, name } = await createNetwork(payload, over)
  for (const [at, transaction] of transactions.entries()) {
    const { currency = 'INR', paidMinor } = transaction
    const row = await insertTransaction(product, id, {
      external_id: `S${at}`,
      member_id: member.id,
      status: transaction.status,
      commission_minor: transaction.minor,
      currency,
      event_at: transaction.at,
      ...(paidMinor === undefined ? {} : { paid_at: '2026-05-30', paid_minor: paidMinor }),
    })
    if (transaction.credited === undefined) continue
    await sql(`insert into cashback_events (id, transaction_id, member_id, status, amount_minor, credited_minor,
        currency, rate_basis, rate_bps, tracked_at)
      values (time_ordered_uuid(), '${row}', '${member.id}', '${transaction.credited > 0 ? 'approved' : 'pending'}',
        ${transaction.credited || 7}, ${transaction.credited}, '${currency}', 'commission', 7000, now())`)
  }
  return { id, name }
}
const db = () => readDb(product)

describe('what a network owes', () => {
  it('is the approved and unpaid commission, less reversals, by age to the second', async () => {
    const { id } = await createNetworkWith([
      { status: 'approved', minor: 1, at: daysAgo(0) },
      { status: 'approved', minor: 2, at: daysAgo(31, -1_000) },
      { status: 'approved', minor: 4, at: daysAgo(31) },
      { status: 'approved', minor: 8, at: daysAgo(61, -1_000) },
      { status: 'approved', minor: 16, at: daysAgo(61) },
      { status: 'approved', minor: 32, at: daysAgo(91, -1_000) },
      { status: 'approved', minor: 64, at: daysAgo(91) },
      { status: 'approved', minor: -3, at: daysAgo(91) },
      { status: 'approved', minor: 1_000, at: daysAgo(91), paidMinor: 1 },
      { status: 'approved', minor: 1_000, at: daysAgo(91), paidMinor: null },
      { status: 'paid', minor: 1_000, at: daysAgo(91), paidMinor: 1_010 },
      { status: 'declined', minor: 1_000, at: daysAgo(91), paidMinor: 1 },
      { status: 'paid', minor: 1_000, at: daysAgo(91) },
      { status: 'declined', minor: 1_000, at: daysAgo(91) },
      { status: 'unknown', minor: 1_000, at: daysAgo(91) },
      { status: 'pending', minor: 100, at: daysAgo(1) },
      { status: 'confirmed', minor: 200, at: daysAgo(100) },
      { status: 'approved', minor: 5, at: daysAgo(1), currency: 'USD' },
    ])
    const rows = (await owedByAge(await db(), NOW)).filter(({ network }) => network === id)
    expect(rows).toMatchObject([
      {
        currency: 'INR',
        transactions: 8,
        upTo30Minor: 3,
        upTo60Minor: 12,
        upTo90Minor: 48,
        olderMinor: 61,
        owedMinor: 124,
        pendingMinor: 300,
        shortMinor: 989,
      },
      { currency: 'USD', transactions: 1, upTo30Minor: 5, owedMinor: 5, pendingMinor: 0 },
    ])
  })
})

describe('cashback that is paid ahead', () => {
  it('is the credited cashback of transactions that no network has paid, oldest first', async () => {
    const { id } = await createNetworkWith([
      { status: 'approved', minor: 10, at: daysAgo(5), credited: 7 },
      { status: 'pending', minor: 20, at: daysAgo(9), credited: 14 },
      { status: 'approved', minor: 30, at: daysAgo(9), credited: 21, paidMinor: 30 },
      { status: 'paid', minor: 40, at: daysAgo(9), credited: 28 },
      { status: 'approved', minor: 50, at: daysAgo(9), credited: 0 },
    ])
    const own = <Row extends { network: string }>(rows: Row[]) =>
      rows.filter(({ network }) => network === id)
    expect(own(await sumPaidAhead(await db()))).toMatchObject([
      {
        events: 2,
        creditedMinor: 21,
        currency: 'INR',
        oldestAt: expect.stringContaining('2026-05-23'),
      },
    ])
    expect(own(await listPaidAhead(await db(), 1_000))).toMatchObject([
      { externalId: 'S1', creditedMinor: 14, commissionMinor: 20, status: 'pending' },
      { externalId: 'S0', creditedMinor: 7 },
    ])
  })
})

describe('the reconciliation', () => {
  it('compares reported, paid and credited amounts by network, day in UTC and currency', async () => {
    const { id } = await createNetworkWith([
      { status: 'approved', minor: 100, at: '2026-03-01T00:00:00Z', paidMinor: 90, credited: 70 },
      { status: 'paid', minor: 10, at: '2026-03-01T23:59:59Z', credited: 7 },
      { status: 'approved', minor: -20, at: '2026-03-01T12:00:00Z' },
      { status: 'declined', minor: 5, at: '2026-03-01T12:00:00Z' },
      { status: 'pending', minor: 3, at: '2026-03-01T12:00:00Z', credited: 0 },
      { status: 'approved', minor: 1, at: '2026-03-01T12:00:00Z', currency: 'USD' },
      { status: 'approved', minor: 4, at: '2026-03-02T00:00:00Z' },
      { status: 'approved', minor: 9_999, at: '2026-03-03T00:00:00Z' },
      { status: 'approved', minor: 9_999, at: '2026-02-28T23:59:59Z' },
    ])
    const period = { from: new Date('2026-03-01'), to: new Date('2026-03-03'), network: id }
    expect(await reconcileDays(await db(), period)).toMatchObject([
      { day: '2026-03-02', payableMinor: 4, paidMinor: 0, differenceMinor: -4 },
      {
        day: '2026-03-01',
        currency: 'INR',
        transactions: 5,
        pendingMinor: 3,
        declinedMinor: 5,
        payableMinor: 90,
        paidMinor: 90,
        differenceMinor: 0,
        cashbackMinor: 84,
        creditedMinor: 77,
      },
      { day: '2026-03-01', currency: 'USD', payableMinor: 1 },
    ])
    const all = await reconcileDays(await db(), { ...period, network: undefined })
    expect(all.filter(({ network }) => network === id)).toHaveLength(3)
  })
})

describe('the reports over HTTP', () => {
  const PATHS = ['owed', 'paid-ahead', 'reconciliation']
  const get = (path: string, authorization?: string) =>
    product.rest('GET', `/api/networks/${path}`, { authorization })
  const as = async (role: 'finance' | 'member' | 'support') =>
    signIn(product.payload, await createUser(product.payload, { role }))

  it('are for staff only', async () => {
    const [member, support] = [await as('member'), await as('support')]
    for (const path of PATHS) {
      expect((await get(path)).status).toBe(401)
      expect((await get(path, member)).status).toBe(403)
      expect((await get(path, support)).status).toBe(200)
    }
  })

  it('are CSV without formulas that a spreadsheet would run', async () => {
    const at = '2026-03-01T12:00:00Z'
    await createNetworkWith([{ status: 'approved', minor: -150, at, credited: 7 }], {
      name: '=HYPERLINK("http://x")',
    })
    const { handleEndpoints } = await import('payload')
    const Authorization = await as('finance')
    for (const path of [
      'owed?format=csv',
      'paid-ahead?format=csv',
      'reconciliation?format=csv&from=2026-03-01&to=2026-03-01',
    ]) {
      const request = new Request(`http://localhost:3000/api/networks/${path}`, {
        headers: { Authorization },
      })
      const answer = await handleEndpoints({ config: product.payload.config, request })
      expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
      const text = Buffer.from(await answer.arrayBuffer()).toString()
      expect(text.startsWith('\uFEFF')).toBe(true)
      expect(text).toContain(`"'=HYPERLINK(""http://x"")"`)
      expect(text).toContain('-1.50')
    }
  })

  it.each([
    'from=soon',
    'to=2026-02-30',
    'from=2026-03-02&to=2026-03-01',
    'from=2020-01-01',
    'network=7',
    'format=xml',
  ])('refuse %s', async (query) => {
    const answer = await get(`reconciliation?${query}`, await as('support'))
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ errors: [{ code: 'request.malformed-value' }] })
  })
})
