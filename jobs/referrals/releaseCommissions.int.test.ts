import { createPayment, createReferral, readBalance } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'
import { releaseCommissions } from './releaseCommissions.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

it('a commission that cannot be paid is reported and does not stop the others', async () => {
  const { payload, sql } = product
  await payload.updateGlobal({ slug: 'affiliation-config', data: { holdDays: 1 } })
  const [full, other] = [await createReferral(payload), await createReferral(payload)]
  const payments = []
  for (const { buyer } of [full, other, other]) {
    payments.push(
      await createPayment(payload, { user: buyer.id, amountMinor: 10_000, status: 'completed' }),
    )
  }
  // A wallet that can hold no more is one of the ways in which a posting fails.
  await sql(`select wallet_for('${full.affiliate.id}', 'available', 'INR')`)
  await sql(
    `update wallets set balance_minor = 9007199254740991 where owner_id = '${full.affiliate.id}'`,
  )

  const now = new Date(Date.now() + 2 * 86_400_000)
  const report = await releaseCommissions.run({
    payload,
    now,
    data: null,
    signal: new AbortController().signal,
  })
  const [stuck] = await sql<{ id: string }>(
    `select id from commissions where payment_id = '${payments[0]?.id}'`,
  )
  expect(report).toEqual({ released: 2, stuck: [stuck?.id] })
  expect(await readBalance(payload, other.affiliate.id)).toBe(2_000)
})
