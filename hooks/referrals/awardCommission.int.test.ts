import {
  createPayment,
  createReferral,
  createUser,
  readBalance,
} from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product

beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const commissionsOf = async (payment: string) => {
  const { docs } = await product.payload.find({
    collection: 'commissions',
    where: { payment: { equals: payment } },
    depth: 0,
  })
  return docs
}

const complete = (id: string) =>
  product.payload.update({
    collection: 'payments',
    id,
    data: { status: 'completed' },
    depth: 0,
  })

describe('awarding a commission', () => {
  it('pays once when many requests complete the payment at the same time', async () => {
    const { payload } = product
    const { affiliate, buyer } = await createReferral(payload)
    const { id } = await createPayment(payload, { user: buyer.id, amountMinor: 10_000 })

    await Promise.all(Array.from({ length: 20 }, () => complete(id)))

    expect(await readBalance(payload, affiliate.id)).toBe(1_000)
    expect(await commissionsOf(id)).toHaveLength(1)
  })

  it('adds up exactly when many payments of one referrer complete at the same time', async () => {
    const { payload } = product
    const { affiliate, buyer } = await createReferral(payload)
    const amounts = Array.from({ length: 40 }, (_, index) => 1_000 + index * 7)

    await Promise.all(
      amounts.map((amountMinor) =>
        createPayment(payload, { user: buyer.id, amountMinor, status: 'completed' }),
      ),
    )

    const expected = amounts.reduce((sum, amount) => sum + Math.round(amount / 10), 0)
    expect(await readBalance(payload, affiliate.id)).toBe(expected)
  })

  it("rolls everything back when the payment's transaction fails", async () => {
    const { payload } = product
    const { affiliate, buyer } = await createReferral(payload)
    const transactionID = (await payload.db.beginTransaction()) ?? ''
    await payload.create({
      collection: 'payments',
      data: {
        reference: 'never',
        user: buyer.id,
        amountMinor: 10_000,
        currency: 'INR',
        status: 'completed',
      },
      req: { transactionID },
    })
    await payload.db.rollbackTransaction(transactionID)

    expect(await readBalance(payload, affiliate.id)).toBe(0)
    expect(await product.sql(`select 1 from payments where reference = 'never'`)).toEqual([])
  })

  it('pays once also when SQL forces the status back and it completes again', async () => {
    const { payload } = product
    const { affiliate, buyer } = await createReferral(payload)
    const { id } = await createPayment(payload, { user: buyer.id, status: 'completed' })
    await product.sql(`update payments set status = 'pending' where id = '${id}'`)

    await complete(id)

    expect(await readBalance(payload, affiliate.id)).toBe(1_000)
    expect(await commissionsOf(id)).toHaveLength(1)
  })

  it('pays one of two first payments at the same time, when only the first one earns', async () => {
    const { payload } = product
    const { affiliate, buyer } = await createReferral(payload)
    await payload.updateGlobal({ slug: 'affiliation-config', data: { duration: 'first' } })

    const payments = await Promise.all(
      [1, 2, 3, 4].map(() => createPayment(payload, { user: buyer.id, status: 'completed' })),
    )
    await payload.updateGlobal({ slug: 'affiliation-config', data: { duration: 'always' } })

    expect(await readBalance(payload, affiliate.id)).toBe(1_000)
    const reasons = await Promise.all(payments.map(async ({ id }) => commissionsOf(id)))
    expect(reasons.map(([row]) => row?.reason).filter(Boolean)).toEqual(
      Array(3).fill('duration-ended'),
    )
  })

  it('posts nothing for a commission that is held', async () => {
    const { payload } = product
    const { affiliate, buyer } = await createReferral(payload)
    await payload.updateGlobal({ slug: 'affiliation-config', data: { holdDays: 7 } })
    const { id } = await createPayment(payload, { user: buyer.id, status: 'completed' })
    await payload.updateGlobal({ slug: 'affiliation-config', data: { holdDays: 0 } })

    expect(await readBalance(payload, affiliate.id)).toBe(0)
    expect(await commissionsOf(id)).toMatchObject([{ status: 'held', amountMinor: 1_000 }])
  })

  it('keeps the rule of the decision after the programme changes', async () => {
    const { payload } = product
    const { buyer } = await createReferral(payload)
    const { id } = await createPayment(payload, { user: buyer.id, status: 'completed' })
    await payload.updateGlobal({ slug: 'affiliation-config', data: { rateBps: 2_000 } })
    await payload.updateGlobal({ slug: 'affiliation-config', data: { rateBps: 1_000 } })

    const [row] = await commissionsOf(id)
    expect(row).toMatchObject({ rateBps: 1_000, rule: { rateBps: 1_000 } })
  })

  it('stores a decision for every completed payment and none for others', async () => {
    const { payload } = product
    const unreferred = await createUser(payload)
    const completed = await createPayment(payload, { user: unreferred.id, status: 'completed' })
    const pending = await createPayment(payload, { user: unreferred.id })

    expect(await commissionsOf(completed.id)).toMatchObject([
      { status: 'skipped', reason: 'no-referrer', amountMinor: 0 },
    ])
    expect(await commissionsOf(pending.id)).toEqual([])
  })
})
