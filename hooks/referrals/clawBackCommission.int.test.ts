import { randomUUID } from 'node:crypto'

import { createLocalReq } from 'payload'

import { releaseCommissions } from '../../jobs/referrals/releaseCommissions.ts'
import { inTransaction } from '../../src/database/inTransaction.ts'
import { postTransfer } from '../../src/ledger/postTransfer.ts'
import { verifyWallets } from '../../src/ledger/verification/verifyWallets.ts'
import { available, platform } from '../../src/ledger/transfer.ts'
import { createPayment, createReferral, readBalance } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(async () => {
  expect((await verifyWallets(product.payload)).problems).toEqual([])
  await product.close()
})

const refund = (payment: string, amountMinor: number, reference: string = randomUUID()) =>
  product.payload.create({
    collection: 'refunds',
    data: { payment, amountMinor, reference },
    depth: 0,
  })
const program = (data: object) => product.payload.updateGlobal({ slug: 'affiliation-config', data })
const commissionOf = async (payment: string) => {
  const { docs } = await product.payload.find({
    collection: 'commissions',
    where: { payment: { equals: payment } },
    depth: 0,
  })
  return docs[0]
}
const paid = async (amountMinor = 10_000) => {
  const { affiliate, buyer } = await createReferral(product.payload)
  const { id } = await createPayment(product.payload, {
    user: buyer.id,
    amountMinor,
    status: 'completed',
  })
  return { affiliate, buyer, id, balance: () => readBalance(product.payload, affiliate.id) }
}
const release = (now: Date) =>
  releaseCommissions.run({
    payload: product.payload,
    now,
    data: null,
    signal: new AbortController().signal,
  })

describe('refunds of a paid commission', () => {
  it.each([[[3_000, 7_000]], [[7_000, 3_000]], [Array<number>(100).fill(100)]])(
    'reduce it to exactly zero: %j',
    async (parts) => {
      const { balance, id } = await paid()
      for (const part of parts) await refund(id, part)
      expect(await balance()).toBe(0)
      expect(await commissionOf(id)).toMatchObject({ status: 'reversed', reversedMinor: 1_000 })
    },
  )

  it('notify the referrer of each amount that leaves the wallet, with the balance after it', async () => {
    const { affiliate, id } = await paid()
    for (const part of [1, 4_999, 5_000]) await refund(id, part)
    const rows = await product.sql<{ data: object }>(
      `select data from notifications
       where template = 'commission-reversed' and user_id = '${affiliate.id}' order by id`,
    )
    expect(rows.map(({ data }) => data)).toMatchObject([
      { takenBackMinor: 500, balanceMinor: 500, currency: 'INR' },
      { takenBackMinor: 500, balanceMinor: 0 },
    ])
  })

  it("take back at the commission's own terms after the rate changes", async () => {
    const { balance, id } = await paid(9_999)
    await program({ rateBps: 5_000 })
    await refund(id, 5_000)
    await program({ rateBps: 1_000 })
    expect(await balance()).toBe(1_000 - 500)
    expect(await commissionOf(id)).toMatchObject({ status: 'partly-reversed', reversedMinor: 500 })
    await refund(id, 4_999)
    expect(await balance()).toBe(0)
  })

  it('take back exactly what a cap left', async () => {
    const capped = {
      currencies: [{ currency: 'INR', minPaymentMinor: 0, maxCommissionMinor: 333 }],
    }
    await program(capped)
    const { balance, id } = await paid()
    await program({
      currencies: ['INR', 'USD', 'EUR'].map((currency) => ({ currency, minPaymentMinor: 0 })),
    })
    expect(await balance()).toBe(333)
    for (const part of [1, 4_999, 2_500, 2_500]) await refund(id, part)
    expect(await balance()).toBe(0)
  })

  it('take an empty wallet below zero, and the next award offsets it', async () => {
    const { affiliate, balance, buyer, id } = await paid()
    const req = await createLocalReq({}, product.payload)
    await inTransaction(req, () =>
      postTransfer({
        req,
        key: `test:${affiliate.id}`,
        kind: 'adjustment',
        from: available(affiliate.id),
        to: platform('adjustments'),
        amountMinor: 1_000,
        currency: 'INR',
      }),
    )
    await refund(id, 10_000)
    expect(await balance()).toBe(-1_000)

    await createPayment(product.payload, {
      user: buyer.id,
      amountMinor: 25_000,
      status: 'completed',
    })
    expect(await balance()).toBe(1_500)
  })

  it('count once, when the same refund comes twice', async () => {
    const { balance, id } = await paid()
    const reference = randomUUID()
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => refund(id, 3_000, reference)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await balance()).toBe(700)
    const payment = await product.payload.findByID({ collection: 'payments', id })
    expect(payment.refundedMinor).toBe(3_000)
  })

  it('never take more than the payment, also when they come at the same time', async () => {
    const { balance, id } = await paid()
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => refund(id, 4_000)))
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(refused.map(({ reason }) => (reason as { code: string }).code)).toEqual(
      Array(2).fill('refund.exceeds-payment'),
    )
    expect(await balance()).toBe(200)
  })

  it.each([
    ['the whole payment', 10_000, 1_000],
    ['a part of it', 9_000, 100],
  ])(
    'of %s decide if the next payment is the first, while only the first payment earns',
    async (_what, amountMinor, wallet) => {
      await program({ duration: 'first' })
      const { balance, buyer, id } = await paid()
      await refund(id, amountMinor)
      const next = () =>
        createPayment(product.payload, { user: buyer.id, amountMinor: 10_000, status: 'completed' })
      await next()
      expect(await balance()).toBe(wallet)
      await next()
      await program({ duration: 'always' })
      expect(await balance()).toBe(wallet)
    },
  )

  it.each([
    [
      'of a payment that is not completed',
      'refund.payment-not-completed',
      async () => {
        const { buyer } = await createReferral(product.payload)
        return (await createPayment(product.payload, { user: buyer.id })).id
      },
    ],
    ['of no payment', 'refund.unknown-payment', () => Promise.resolve(randomUUID())],
  ])('%s are refused', async (_name, code, payment) => {
    await expect(refund(await payment(), 1)).rejects.toMatchObject({ code })
  })
})

describe('a held commission', () => {
  const held = async (amountMinor = 10_000) => {
    await program({ holdDays: 7 })
    const payment = await paid(amountMinor)
    await program({ holdDays: 0 })
    return payment
  }
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)

  it('is paid when its hold has ended, not before, and once', async () => {
    const { balance, id } = await held()
    await release(inDays(6.9))
    expect(await balance()).toBe(0)
    await Promise.all([release(inDays(7.1)), release(inDays(7.1)), release(inDays(8))])
    expect(await balance()).toBe(1_000)
    expect(await commissionOf(id)).toMatchObject({ status: 'awarded' })
  })

  it('shrinks by a refund, and the remaining amount is paid', async () => {
    const { balance, id } = await held()
    await refund(id, 2_500)
    expect(await commissionOf(id)).toMatchObject({ status: 'held', reversedMinor: 250 })
    await release(inDays(8))
    expect(await balance()).toBe(750)
    expect(await commissionOf(id)).toMatchObject({ status: 'partly-reversed', reversedMinor: 250 })
    await refund(id, 7_500)
    expect(await balance()).toBe(0)
    expect(await commissionOf(id)).toMatchObject({ status: 'reversed', reversedMinor: 1_000 })
  })

  it('is cancelled by a full refund, posts nothing, and lets the next payment be the first', async () => {
    await program({ duration: 'first' })
    const { balance, buyer, id } = await held()
    await refund(id, 10_000)
    expect(await commissionOf(id)).toMatchObject({ status: 'cancelled' })
    await release(inDays(8))
    expect(await balance()).toBe(0)

    await createPayment(product.payload, {
      user: buyer.id,
      amountMinor: 5_000,
      status: 'completed',
    })
    await program({ duration: 'always' })
    expect(await balance()).toBe(500)
  })
})
