import { createPayment, createReferral } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'
import { verifyWallets } from './verifyWallets.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const run = () =>
  verifyWallets.run({
    payload: product.payload,
    now: new Date(),
    data: null,
    signal: new AbortController().signal,
  })

it('reports what it added up, and fails when a balance was changed by hand', async () => {
  const { payload, sql } = product
  const { affiliate, buyer } = await createReferral(payload)
  await createPayment(payload, { user: buyer.id, amountMinor: 10_000, status: 'completed' })
  expect(await run()).toMatchObject({ transfers: 1 })

  await sql(
    `update wallets set balance_minor = balance_minor + 1 where owner_id = '${affiliate.id}'`,
  )
  await expect(run()).rejects.toThrow('1 wallets frozen')
})
