import type { User } from '../payload-types.ts'
import { createPayment, createReferral, createUser } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'
import { loadProgramStats } from './loadProgramStats.ts'
import { loadProgramTrend } from './loadProgramTrend.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const NOW = new Date('2026-11-20T09:05:00Z')
const IST = 'Asia/Kolkata'

/** A payment completed now, with a decision that is then given a date. */
const paid = async (user: User, at: string, over: object = {}): Promise<string> => {
  const { id } = await createPayment(product.payload, {
    user: user.id,
    status: 'completed',
    ...over,
  })
  await product.sql(`update commissions set decided_at = '${at}' where payment_id = '${id}'`)
  return id
}
const refund = (payment: string, amountMinor: number) =>
  product.payload.create({
    collection: 'refunds',
    data: { reference: `R-${payment}`, payment, amountMinor },
  })
const held = async (user: User, at: string, over: object = {}) => {
  await product.payload.updateGlobal({ slug: 'affiliation-config', data: { holdDays: 7 } })
  const id = await paid(user, at, over)
  await product.payload.updateGlobal({ slug: 'affiliation-config', data: { holdDays: 0 } })
  return id
}
const statsOf = (currency: string, from: string, to: string) =>
  loadProgramStats(
    { payload: product.payload },
    {
      currency,
      from: new Date(from),
      to: new Date(to),
    },
  )
const trendOf = (currency: string, now = NOW, timeZone = IST) =>
  loadProgramTrend({ payload: product.payload }, { currency, now, timeZone })

describe('the figures of the programme', () => {
  it('count the period and the currency alone, net of refunds and without held commissions', async () => {
    const { affiliate, buyer } = await createReferral(product.payload, { name: 'Farida' })
    const other = await createReferral(product.payload, { name: 'Ananya' })
    const inactive = await createReferral(product.payload, { affiliateActive: false })
    const from = '2026-10-21T00:00:00Z'
    const to = '2026-11-20T00:00:00Z'

    await paid(buyer, from, { amountMinor: 100_000 })
    const refunded = await paid(buyer, '2026-11-01T00:00:00Z', { amountMinor: 50_000 })
    await refund(refunded, 10_000)
    await paid(other.buyer, '2026-11-02T00:00:00Z', { amountMinor: 20_000 })
    await held(other.buyer, '2026-11-03T00:00:00Z', { amountMinor: 30_000 })
    await paid(inactive.buyer, '2026-11-04T00:00:00Z', { amountMinor: 40_000 })
    await paid(await createUser(product.payload), '2026-11-05T00:00:00Z')
    await paid(buyer, to, { amountMinor: 900_000 })
    await paid(buyer, '2026-11-06T00:00:00Z', { currency: 'USD' })

    const stats = await statsOf('INR', from, to)
    expect(stats).toMatchObject({
      cost: {
        awarded: 3,
        awardedMinor: 17_000,
        reversedMinor: 1_000,
        netMinor: 16_000,
        referredMinor: 210_000,
        effectiveBps: 762,
        held: 1,
        heldMinor: 3_000,
      },
      payments: { decided: 6, earned: 4 },
      reasons: [
        { reason: 'no-referrer', payments: 1 },
        { reason: 'referrer-inactive', payments: 1 },
      ],
      referrers: 2,
    })
    expect(stats.topReferrers).toEqual([
      { id: affiliate.id, name: 'Farida', payments: 2, netMinor: 14_000 },
      { id: other.affiliate.id, name: 'Ananya', payments: 1, netMinor: 2_000 },
    ])
    expect(stats.members).toEqual({ referred: 3, paying: 3 })
  })

  it('are zero without any payment', async () => {
    const stats = await statsOf('EUR', '2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z')
    expect(stats.cost).toMatchObject({ awarded: 0, netMinor: 0, heldMinor: 0, effectiveBps: null })
    expect(stats).toMatchObject({ reasons: [], topReferrers: [], referrers: 0 })
    const trend = await trendOf('EUR')
    expect(trend).toMatchObject({
      held: { commissions: 0, amountMinor: 0, nextAt: null },
      owed: { members: 0, amountMinor: 0 },
    })
    expect(trend.months.map(({ netMinor }) => netMinor)).toEqual(Array(12).fill(0))
  })
})

describe('the programme by month', () => {
  it('begins months at midnight of the zone, and ends with the current month', async () => {
    const { buyer } = await createReferral(product.payload)
    const usd = { currency: 'USD' }
    // 30 Sep 23:59 and 1 Oct 00:00 in India.
    await paid(buyer, '2026-09-30T18:29:59Z', { ...usd, amountMinor: 10_000 })
    await paid(buyer, '2026-09-30T18:30:00Z', { ...usd, amountMinor: 20_000 })
    await paid(buyer, '2025-11-30T18:29:59Z', { ...usd, amountMinor: 70_000 })

    const { months } = await trendOf('USD')
    expect(months).toHaveLength(12)
    expect(new Date(months[0]?.month ?? '').toISOString()).toBe('2025-11-30T18:30:00.000Z')
    expect(months.map(({ netMinor }) => netMinor).slice(-3)).toEqual([1_000, 2_000, 1_000])
    expect(months.slice(0, 9).every(({ netMinor }) => netMinor === 0)).toBe(true)
    expect((await trendOf('USD', NOW, 'UTC')).months.map(({ netMinor }) => netMinor)[9]).toBe(3_000)
  })

  it.each([
    ['2026-11-20T09:05:00Z', '2026-10-20T09:05:00.000Z'],
    // A month of 31 days is compared with the whole of the shorter one before it.
    ['2026-12-31T09:05:00Z', '2026-11-30T09:05:00.000Z'],
    ['2026-03-31T18:00:00Z', '2026-02-28T18:00:00.000Z'],
  ])('compares %s with the month before up to %s', async (now, until) => {
    const { lastMonthSoFar } = await trendOf('INR', new Date(now))
    expect(new Date(lastMonthSoFar.to).toISOString()).toBe(until)
  })

  it("counts held commissions and members' balances per currency", async () => {
    const { affiliate, buyer } = await createReferral(product.payload)
    const before = await trendOf('EUR')
    await held(buyer, NOW.toISOString(), { currency: 'EUR', amountMinor: 8_000 })
    await paid(buyer, NOW.toISOString(), { currency: 'EUR', amountMinor: 5_000 })

    const { held: waiting, owed } = await trendOf('EUR')
    expect(waiting).toMatchObject({ commissions: 1, amountMinor: 800, nextAt: expect.any(String) })
    expect(owed).toEqual({ members: 1, amountMinor: 500 })
    expect(before.owed).toEqual({ members: 0, amountMinor: 0 })
    expect(affiliate.id).toBeDefined()
  })
})
