import { provideEnv } from '../../../../src/config/env.ts'
import { createUser, signIn } from '../../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'

let product: Product
beforeAll(async () => {
  provideEnv({ RATE_LIMITS: 'on' })
  product = await startProduct()
})
afterAll(() => product.close())

it('refuses the eleventh claim of an account within an hour with Retry-After, refused ones counted', async () => {
  const authorization = await signIn(product.payload, await createUser(product.payload))
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
