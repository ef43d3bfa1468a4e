import { provideEnv } from '../../../src/env.ts'
import { aUser, signIn } from '../../../src/testing/factories.ts'
import { type Product, startProduct } from '../../../src/testing/startProduct.ts'

let product: Product
beforeAll(async () => {
  provideEnv({ RATE_LIMITS: 'on' })
  product = await startProduct()
})
afterAll(() => product.close())

it('an account claims ten times an hour, refused ones included, and hears when it may come back', async () => {
  const authorization = await signIn(product.payload, await aUser(product.payload))
  const body = {
    merchant: 'nowhere',
    orderNumber: '1',
    orderedAt: '2026-11-01T10:00:00Z',
    amountMinor: 1,
    currency: 'INR',
  }
  const claim = () => product.rest('POST', '/api/cashback-claims', { authorization, body })
  for (let n = 0; n < 10; n += 1) expect((await claim()).status).toBe(400)
  const refused = await claim()
  expect(refused).toMatchObject({ status: 429, body: { errors: [{ code: 'request.too-many' }] } })
  expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
})
