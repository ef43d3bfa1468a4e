import { type Product, startProduct } from '../../test/support/startProduct.ts'
import {
  createMerchantAtNetwork,
  ingestTransactions,
} from '../../test/support/cashbackFactories.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

it('a page is stored although a name has characters that PostgreSQL cannot store', async () => {
  const { ids: seller } = await createMerchantAtNetwork(product.payload)
  await ingestTransactions(product, seller, [
    { externalId: 'odd\u0000one', programName: 'Corner\u0000 & \ud800Co' },
    { externalId: 'plain' },
  ])
  // Reported again: the stored row is found and no second one is made.
  await ingestTransactions(product, seller, [{ externalId: 'odd\u0000one' }])
  const transactions = await product.sql(
    `select external_id, merchant_name from network_transactions order by external_id`,
  )
  expect(transactions).toEqual([
    { external_id: expect.stringMatching(/^odd.?one$/u) as string, merchant_name: 'Corner & Co' },
    { external_id: 'plain', merchant_name: 'Corner & Co' },
  ])
})
