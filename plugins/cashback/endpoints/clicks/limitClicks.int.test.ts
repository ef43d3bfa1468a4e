import { provideEnv } from '../../../../src/config/env.ts'
import { createUser, signIn } from '../../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'

let product: Product
beforeAll(async () => {
  provideEnv({ RATE_LIMITS: 'on' })
  product = await startProduct()
})
afterAll(() => product.close())

it.each([
  ['clicks', '/api/clicks', { merchant: 'nowhere' }, 404],
  ['click tokens', '/api/clicks/token', {}, 201],
])('a member’s %s are refused at the 61st in a minute, and not those of another', async (...at) => {
  const [, path, body, served] = at
  const [member, other] = [await createUser(product.payload), await createUser(product.payload)]
  await product.sql('delete from rate_limits')
  const authorization = await signIn(product.payload, member)
  const send = (by: string) => product.rest('POST', path, { authorization: by, body })
  const statuses = new Set<number>()
  for (let n = 0; n < 60; n += 1) statuses.add((await send(authorization)).status)
  expect([...statuses]).toEqual([served])
  const refused = await send(authorization)
  expect(refused).toMatchObject({ status: 429, body: { errors: [{ code: 'request.too-many' }] } })
  expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
  expect((await send(await signIn(product.payload, other))).status).toBe(served)
})
