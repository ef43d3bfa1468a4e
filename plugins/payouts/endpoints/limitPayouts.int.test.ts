import { provideEnv } from '../../../src/config/env.ts'
import { createUser, signIn } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'

let product: Product
beforeAll(async () => {
  provideEnv({ RATE_LIMITS: 'on' })
  product = await startProduct()
})
afterAll(() => product.close())

const signInMember = async () => signIn(product.payload, await createUser(product.payload))
let last = 0
const post = (path: string, authorization: string, body: object) =>
  product.rest<{ id: string }>('POST', `/api/${path}`, {
    authorization,
    body,
    headers: { 'X-Tributary-Client-Ip': `203.0.113.${(last += 1)}` },
  })
const REFUSED = { status: 429, body: { errors: [{ code: 'request.too-many' }] } }

it.each([
  ['payout-methods', { kind: 'upi', vpa: 'x', holderName: 'Asha' }],
  ['tax-ids', { country: 'IN', number: 'x' }],
])(
  'refuses the eleventh request of an account to %s in an hour, refused ones counted',
  async (path, body) => {
    const member = await signInMember()
    for (let n = 0; n < 10; n += 1) expect((await post(path, member, body)).status).toBe(400)
    const refused = await post(path, member, body)
    expect(refused).toMatchObject(REFUSED)
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
  },
)

it('codes of methods count with those of phones: five an hour for one contact', async () => {
  const member = await signInMember()
  const method = { kind: 'upi', vpa: 'asha@okhdfc', holderName: 'Asha Rao' }
  const { body } = await post('payout-methods', member, method)
  const send = () => post(`payout-methods/${body.id}/send-code`, member, {})
  for (let n = 0; n < 5; n += 1) expect((await send()).status).toBe(200)
  expect(await send()).toMatchObject(REFUSED)
})

it('an account can enter thirty codes an hour', async () => {
  const member = await signInMember()
  const method = { kind: 'upi', vpa: 'asha@okhdfc', holderName: 'Asha Rao' }
  const { body } = await post('payout-methods', member, method)
  const enter = () => post(`payout-methods/${body.id}/confirm`, member, { code: '000000' })
  for (let n = 0; n < 30; n += 1) expect((await enter()).status).toBe(400)
  expect(await enter()).toMatchObject(REFUSED)
})
