import { createLocalReq, type PayloadRequest } from 'payload'
import { renderToStaticMarkup } from 'react-dom/server'

import type { User } from '../../../src/payload-types.ts'
import { createPayment, createReferral, createUser } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { MemberStatement } from './MemberStatement.tsx'

let product: Product
let support: User
beforeAll(async () => {
  product = await startProduct()
  support = await createUser(product.payload, { role: 'support' })
})
afterAll(() => product.close())

const requestOf = (user: User | null, query: object = {}): Promise<PayloadRequest> =>
  createLocalReq(
    {
      ...(user ? { user: { ...user, collection: 'users' as const } } : {}),
      req: { query } as never,
    },
    product.payload,
  )
const htmlOf = async (member: User, query: object = {}, user: User | null = support) =>
  renderToStaticMarkup(
    await MemberStatement({ memberId: member.id, req: await requestOf(user, query) }),
  )
const textOf = async (...args: Parameters<typeof htmlOf>) =>
  (await htmlOf(...args))
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#x27;/g, '’')
    .replace(/\s+/g, ' ')
    .trim()

const paid = async (user: User, over: object = {}): Promise<string> => {
  const { id } = await createPayment(product.payload, {
    user: user.id,
    status: 'completed',
    ...over,
  })
  return id
}
/** Ananya, who earned ₹10.00 and ₹20.00, of which ₹5.00 were taken back, and $1.00. */
const ananya = async (): Promise<User> => {
  const { affiliate, buyer } = await createReferral(product.payload, { name: 'Ananya Iyer' })
  await product.payload.update({ collection: 'users', id: buyer.id, data: { name: 'Rohan' } })
  await paid(buyer, { amountMinor: 10_000 })
  const payment = await paid(buyer, { amountMinor: 20_000 })
  await product.payload.create({
    collection: 'refunds',
    data: { reference: `REF-${payment}`, payment, amountMinor: 5_000 },
  })
  await paid(buyer, { amountMinor: 1_000, currency: 'USD' })
  return affiliate
}

describe('the statement of a member', () => {
  it('is for staff only: strangers, members and the member get nothing', async () => {
    const member = await ananya()
    for (const user of [null, member, await createUser(product.payload)]) {
      expect(await htmlOf(member, {}, user)).toBe('')
    }
  })

  it('opens, adds up and closes, newest first, with the cause of each move', async () => {
    const text = await textOf(await ananya())
    expect(text).toContain('INR available ₹25.00 3 transfers')
    expect(text).toContain('USD available $1.00 1 transfer')
    expect(text).toContain(
      'Adds up. 3 transfers, no gap in versions, stored balance equals their sum. Checked now,',
    )
    expect(text).toMatch(/In \+₹30\.00 Out −₹5\.00 Closing, now ₹25\.00/)
    expect(text).toMatch(/ 3 .* Clawback Refund REF-.* Commission expense ₹5\.00 ₹25\.00/)
    expect(text).toMatch(/ 2 .* Commission Payment of Rohan .* Commission expense ₹20\.00 ₹30\.00/)
    expect(text.indexOf('Clawback Refund')).toBeLessThan(text.indexOf('Payment of Rohan'))
    expect(text).toContain('Opening balance ₹0.00')
    expect(text).toContain('3 transfers in this period, newest first')
  })

  it('shows the wallet, the kind and the day of the URL', async () => {
    const member = await ananya()
    const dollars = await textOf(member, { currency: 'USD', kind: 'available' })
    expect(dollars).toContain('Closing, now $1.00')
    const clawbacks = await textOf(member, { transferKind: 'clawback' })
    expect(clawbacks).toContain('1 transfer of this kind in this period')
    expect(clawbacks).toContain('Closing, now ₹25.00')
    const asOf = await textOf(member, { asOf: '2026-01-31' })
    expect(asOf).toContain('End of 31 Jan 2026 ₹0.00')
    const before = await textOf(member, { from: '2026-01-01', to: '2026-01-31' })
    expect(before).toMatch(/Opening, 1 Jan ₹0\.00 In ₹0\.00 Out ₹0\.00 Closing, 31 Jan ₹0\.00/)
  })

  it.each([
    { from: '2026-02-30' },
    { from: '2026-03-02', to: '2026-03-01' },
    { asOf: 'yesterday' },
    { from: ['2026-01-01'], currency: { $ne: 1 }, after: '-1' },
  ])('shows this month with a note for the invalid query %j', async (query) => {
    const text = await textOf(await ananya(), query)
    expect(text).toContain('Closing, now ₹25.00')
    if (typeof query.from !== 'object') expect(text).toContain('This month is shown.')
  })

  it('links to a CSV file of the same period', async () => {
    const member = await ananya()
    const html = await htmlOf(member, { from: '2026-11-01', to: '2026-11-02', kind: 'available' })
    const [, href = ''] = /href="(\/api\/billing[^"]+)"/.exec(html) ?? []
    const query = new URL(href.replaceAll('&amp;', '&'), 'http://x').searchParams
    expect(Object.fromEntries(query)).toEqual({
      format: 'csv',
      member: member.id,
      currency: 'INR',
      kind: 'available',
      from: '2026-10-31T18:30:00.000Z',
      to: '2026-11-02T18:30:00.000Z',
    })
  })

  it('warns when the balance does not equal the sum', async () => {
    const member = await ananya()
    await product.sql(`update wallets set balance_minor = balance_minor + 1
      where owner_id = '${member.id}' and currency = 'INR'`)
    expect(await textOf(member)).toContain(
      'Does not add up. Stored balance ₹25.01, sum of transfers ₹25.00. Checked now,',
    )
  })

  it('of a member without a wallet shows zeros', async () => {
    const text = await textOf(await createUser(product.payload))
    expect(text).toContain('INR available ₹0.00 Nothing has been posted yet')
    expect(text).toContain('Opening balance ₹0.00')
    expect(text).toContain('0 transfers in this period')
  })

  it('shows held commissions beside the wallets', async () => {
    const { affiliate, buyer } = await createReferral(product.payload)
    const set = (holdDays: number) =>
      product.payload.updateGlobal({ slug: 'affiliation-config', data: { holdDays } })
    await set(7)
    await paid(buyer, { amountMinor: 10_000 })
    await set(0)
    expect(await textOf(affiliate)).toMatch(
      /INR to come ₹10\.00 1 commission held, not in the ledger yet, next \d+ \w+/,
    )
  })
})
