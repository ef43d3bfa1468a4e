import { type Product, startProduct } from '../../test/support/startProduct.ts'
import { aSeller, tellTransactions } from '../../test/support/anUnattributed.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

it('a name with characters that PostgreSQL cannot store does not lose its page', async () => {
  const shop = await aSeller(product)
  await tellTransactions(product, shop, [
    { externalId: 'odd\u0000one', merchantName: 'Corner\u0000 & \ud800Co' },
    { externalId: 'plain' },
  ])
  // Again, so that what was kept is found again.
  await tellTransactions(product, shop, [{ externalId: 'odd\u0000one' }])
  const transactions = await product.sql(
    `select external_id, merchant_name from network_transactions order by external_id`,
  )
  expect(transactions).toEqual([
    { external_id: expect.stringMatching(/^odd.?one$/u) as string, merchant_name: 'Corner & Co' },
    { external_id: 'plain', merchant_name: 'Corner & Co' },
  ])
})
