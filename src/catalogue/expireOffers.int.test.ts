import { createMerchant } from '../../test/support/cashbackFactories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'
import { readDb } from '../database/readDb.ts'
import { readCatalogueVersion } from './catalogueVersion.ts'
import { expireOffers } from './expireOffers.ts'

let product: Product
let merchant: string
beforeAll(async () => {
  product = await startProduct()
  merchant = (await createMerchant(product.payload)).id
})
afterAll(() => product.close())

const NOW = new Date('2026-11-20T02:00:00Z')
const createOffer = (title: string, over: object) =>
  product.payload.create({ collection: 'offers', data: { title, merchant, ...over } })
const readActive = async () => {
  const rows = await product.sql<{ title: string }>(
    'select title from offers where is_active order by title',
  )
  return rows.map(({ title }) => title)
}
const version = async () => readCatalogueVersion(await readDb(product))

it('an offer that has ended is deactivated and raises the version once; others stay active', async () => {
  await createOffer('ended', { endsAt: '2026-11-20T01:59:59.999Z' })
  await createOffer('ends now', { endsAt: '2026-11-20T02:00:00.000Z' })
  await createOffer('ends later', { endsAt: '2026-11-20T02:00:00.001Z' })
  await createOffer('has no end', {})
  await createOffer('was inactive', { endsAt: '2026-11-01T00:00:00Z', isActive: false })
  expect(await version()).toBe(0)

  expect(await expireOffers(product.payload, NOW)).toEqual({ expired: 2 })
  expect(await readActive()).toEqual(['ends later', 'has no end'])
  expect(await version()).toBe(1)

  expect(await expireOffers(product.payload, NOW)).toEqual({ expired: 0 })
  expect(await version()).toBe(1)
})

it('an offer stays active when the version cannot be raised', async () => {
  await createOffer('ended too', { endsAt: '2026-11-19T00:00:00Z' })
  await product.sql('alter table catalogue_version add constraint refuse check (version < 2)')
  await expect(expireOffers(product.payload, NOW)).rejects.toThrow()
  expect(await readActive()).toContain('ended too')
  await product.sql('alter table catalogue_version drop constraint refuse')
  expect(await expireOffers(product.payload, NOW)).toEqual({ expired: 1 })
  expect(await version()).toBe(2)
})
