import { type Product, startProduct } from '../support/startProduct.ts'
import { openFileNetwork } from './fileNetwork.ts'
import { type Case, readCase } from './readCase.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const open = (found: Case<unknown>) =>
  openFileNetwork(product, found.json('settings.json') as object)

it('case 10: lines that earn nothing cause no message of 0.00', async () => {
  const found = readCase('10-zero-commission')
  const network = await open(found)
  for (const file of ['1-open.csv', '2-later.csv']) {
    const { body } = await network.importText(found.text(file))
    expect(body).toMatchObject({ rows: 2, errors: [] })
  }
  expect(await network.messages()).toEqual([])
})

it('case 11: a reversal without a merchant takes back the cashback of its order', async () => {
  const found = readCase<{ wallet: number }>('11-return-without-advertiser')
  const network = await open(found)
  await network.importText(found.text('1-sale.csv'))
  expect(await network.wallet('USD')).toBe(378)
  await network.importText(found.text('2-return.csv'))
  expect(await network.wallet('USD')).toBe(found.expected.wallet)
})

it('case 16: a statement line with an order number of two merchants pays neither, and is listed as unknown', async () => {
  const found = readCase('16-statement-order-of-two-shops')
  const network = await open(found)
  await network.importText(found.text('sales.csv'))
  const { body, status } = await network.payStatement<{ table: { result: string }[] }>(
    found.text('statement.csv'),
    'reference=R-1&paidAt=2026-11-20&currency=EUR',
  )
  expect(status).toBe(201)
  expect(body.table).toMatchObject([{ result: 'unknown', transaction: null }])
  const paid = await product.sql(
    `select 1 from network_transactions where network_id = '${network.network}' and paid_at is not null`,
  )
  expect(paid).toEqual([])
})
