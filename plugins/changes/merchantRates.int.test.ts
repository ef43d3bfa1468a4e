import { randomUUID } from 'node:crypto'

import type { Merchant } from '../../src/payload-types.ts'
import { createUser, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

type Doc = Merchant & { pendingChange?: { id: string; changes: { field: string }[] } | null }

const SHOES = { name: 'Shoes', rateBps: 400 }
const RATES = { rateBasis: 'sale', rateBps: 500, ageCapMinor: 1_000, categories: [SHOES] } as const

let product: Product
let first: string
let second: string
beforeAll(async () => {
  product = await startProduct()
  const enter = async () =>
    signIn(product.payload, await createUser(product.payload, { role: 'admin' }))
  first = await enter()
  second = await enter()
})
afterAll(() => product.close())

const send = async (method: string, path: string, body: object): Promise<Doc> => {
  const answer = await product.rest<{ doc: Doc }>(method, path, { authorization: first, body })
  expect([answer.status < 300, answer.body]).toMatchObject([true, {}])
  return answer.body.doc
}
const save = (id: string, body: object) => send('PATCH', `/api/merchants/${id}`, body)
const createMerchant = (over: object = {}) =>
  product.payload.create({
    collection: 'merchants',
    data: { name: 'Shop', slug: `m-${randomUUID()}`, ...over } as never,
    depth: 0,
  })
const approve = async ({ pendingChange }: Doc): Promise<number> => {
  const path = `/api/change-requests/${pendingChange?.id ?? ''}/approve`
  return (await product.rest('POST', path, { authorization: second, body: {} })).status
}
const read = (id: string) => product.payload.findByID({ collection: 'merchants', id, depth: 0 })
const waitsOf = ({ pendingChange }: Doc) => (pendingChange?.changes ?? []).map(({ field }) => field)

it('a new merchant begins at the rates of the cashback config until its own are approved', async () => {
  const body = { name: 'Shop', slug: `m-${randomUUID()}`, ...RATES }
  const doc = await send('POST', '/api/merchants', body)
  expect(waitsOf(doc).sort()).toEqual(Object.keys(RATES).sort())
  const none = { rateBasis: null, rateBps: null, ageCapMinor: null, categories: [] }
  expect(await read(doc.id)).toMatchObject(none)
  expect(await approve(doc)).toBe(200)
  expect(await read(doc.id)).toMatchObject(RATES)
})

it.each([
  ['a higher rate', { rateBps: 501 }],
  ['no rate of its own', { rateBps: null }],
  ['another basis', { rateBasis: 'commission' }],
  ['no basis of its own', { rateBasis: null }],
  ['a higher cap', { ageCapMinor: 1_001 }],
  ['no cap of its own', { ageCapMinor: null }],
  ['a higher rate of a category', { categories: [{ ...SHOES, rateBps: 401 }] }],
  ['a further category', { categories: [SHOES, { name: 'Hats', rateBps: 1 }] }],
  ['no category', { categories: [] }],
])('%s of a merchant waits, and the other fields are saved', async (_, body) => {
  const { id } = await createMerchant(RATES)
  const doc = await save(id, { ...body, name: 'Renamed' })
  expect(waitsOf(doc)).toEqual(Object.keys(body))
  expect(await read(id)).toMatchObject({ ...RATES, name: 'Renamed' })
  expect(await approve(doc)).toBe(200)
  expect(await read(id)).toMatchObject({ ...RATES, ...body, name: 'Renamed' })
})

it.each([
  ['a first rate', { rateBps: 1 }],
  ['a first basis', { rateBasis: 'sale' }],
  ['a first cap', { ageCapMinor: 1 }],
])('%s of a merchant waits: that of the config may be lower', async (_, body) => {
  const { id } = await createMerchant()
  expect(waitsOf(await save(id, body))).toEqual(Object.keys(body))
})

it('a lower rate or cap takes effect at once, and the same categories are no change', async () => {
  const { id } = await createMerchant(RATES)
  const doc = await save(id, { rateBps: 499, ageCapMinor: 999, categories: [SHOES] })
  expect([doc.rateBps, doc.ageCapMinor, waitsOf(doc)]).toEqual([499, 999, []])
})
