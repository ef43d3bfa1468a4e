import { type Product, startProduct } from '../testing/startProduct.ts'
import { aSeller, tellSales } from '../testing/anOrphan.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

it('a name with letters that PostgreSQL cannot hold costs no page', async () => {
  const shop = await aSeller(product)
  await tellSales(product, shop, [
    { externalId: 'odd\u0000one', merchantName: 'Corner\u0000 & \ud800Co' },
    { externalId: 'plain' },
  ])
  // Again, so that what was kept is found again.
  await tellSales(product, shop, [{ externalId: 'odd\u0000one' }])
  const sales = await product.sql(
    `select external_id, merchant_name from network_transactions order by external_id`,
  )
  expect(sales).toEqual([
    { external_id: expect.stringMatching(/^odd.?one$/u) as string, merchant_name: 'Corner & Co' },
    { external_id: 'plain', merchant_name: 'Corner & Co' },
  ])
})
