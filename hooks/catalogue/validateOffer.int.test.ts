import { createMerchantAtNetwork } from '../../test/support/cashbackFactories.ts'
import { createUser, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
let admin: string
beforeAll(async () => {
  product = await startProduct()
  admin = await signIn(product.payload, await createUser(product.payload, { role: 'admin' }))
})
afterAll(() => product.close())

const send = (method: string, path: string, body: object) =>
  product.rest<{ doc?: { id: string }; errors?: { field?: string }[] }>(method, path, {
    authorization: admin,
    body,
  })
const refusedAt = (field: string) => ({ status: 400, body: { errors: [{ field }] } })

describe('an offer', () => {
  it.each([
    [{ url: 'https://evil.test/' }, 'url'],
    [{ url: 'http://shop.example/' }, 'url'],
    [{ category: 'Hats' }, 'category'],
    [{ startsAt: '2026-02-02T00:00:00Z', endsAt: '2026-02-01T00:00:00Z' }, 'endsAt'],
  ])('with %j is refused at create and update with an error for %s', async (bad, field) => {
    const { merchant } = await createMerchantAtNetwork(product.payload, {
      categories: [{ name: 'Shoes', rateBps: 300 }],
    })
    const good = {
      title: 'Diwali',
      merchant: merchant.id,
      url: 'https://shop.example/diwali',
      category: 'Shoes',
    }
    expect(await send('POST', '/api/offers', { ...good, ...bad })).toMatchObject(refusedAt(field))
    const { body, status } = await send('POST', '/api/offers', good)
    expect(status).toBe(201)
    const path = `/api/offers/${body.doc?.id ?? ''}`
    expect(await send('PATCH', path, bad)).toMatchObject(refusedAt(field))
    expect((await send('PATCH', path, { title: 'Holi' })).status).toBe(200)
  })

  it('moved to another merchant is checked against that merchant’s hosts', async () => {
    const { merchant } = await createMerchantAtNetwork(product.payload)
    const { merchant: other } = await createMerchantAtNetwork(product.payload)
    await product.payload.update({
      collection: 'merchants',
      id: other.id,
      data: { deepLinkHosts: ['other.example'] },
    })
    const made = await send('POST', '/api/offers', {
      title: 'Diwali',
      merchant: merchant.id,
      url: 'https://shop.example/',
    })
    const path = `/api/offers/${made.body.doc?.id ?? ''}`
    expect(await send('PATCH', path, { merchant: other.id })).toMatchObject(refusedAt('url'))
  })
})

describe('a merchant', () => {
  it.each([
    'WWW.shop.example',
    'https://shop.example',
    'shop.example/',
    'shop.example:443',
    '*.shop.example',
    'shop.example.',
    'me@shop.example',
    'localhost',
    '127.0.0.1',
    'shop .example',
    '-a.example',
  ])('with the host %j is refused', async (host) => {
    const { merchant } = await createMerchantAtNetwork(product.payload)
    const body = { deepLinkHosts: ['shop.example', host] }
    const answer = await send('PATCH', `/api/merchants/${merchant.id}`, body)
    expect(answer).toMatchObject(refusedAt('deepLinkHosts'))
  })

  it.each(['http://track.example.test/', 'javascript:alert(1)', 'track', 'https://a@b.test/'])(
    'with the tracking URL %j is refused',
    async (trackingUrl) => {
      const { merchant, network } = await createMerchantAtNetwork(product.payload)
      const good = { network: network.id, programId: '1', trackingUrl: 'https://a.test/' }
      const body = { programs: [good, { ...good, trackingUrl }] }
      const answer = await send('PATCH', `/api/merchants/${merchant.id}`, body)
      expect(answer).toMatchObject(refusedAt('programs.1.trackingUrl'))
    },
  )
})
