import { provideEnv } from '../../../src/config/env.ts'
import { aUser, signIn } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'

let product: Product
beforeAll(async () => {
  provideEnv({ RATE_LIMITS: 'on' })
  product = await startProduct()
})
afterAll(() => product.close())

const aMember = async () => signIn(product.payload, await aUser(product.payload))
let last = 0
const anAddress = (): string => `203.0.113.${(last += 1)}`
const aNumber = (): string => `+91${9845066700 + (last += 1)}`

const requestCode = (authorization: string, phone: string, address = anAddress()) =>
  product.rest('POST', '/api/phone/otp', {
    authorization,
    body: { phone },
    headers: { 'X-Tributary-Client-Ip': address },
  })
const REFUSED = { status: 429, body: { errors: [{ code: 'request.too-many' }] } }
const sent = () => product.sql(`select 1 from notifications where template = 'otp'`)

it('an account gets six codes an hour, then a Retry-After', async () => {
  const member = await aMember()
  for (let n = 0; n < 6; n += 1) expect((await requestCode(member, aNumber())).status).toBe(200)
  const before = (await sent()).length
  const refused = await requestCode(member, aNumber())
  expect(refused).toMatchObject(REFUSED)
  expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
  expect(await sent()).toHaveLength(before)
})

it('a number gets five codes an hour, for all accounts and spellings', async () => {
  const phone = aNumber()
  for (let n = 0; n < 5; n += 1)
    expect((await requestCode(await aMember(), phone)).status).toBe(200)
  expect(await requestCode(await aMember(), phone.replace('+91', '0'))).toMatchObject(REFUSED)
})

it('a client address gets thirty codes an hour', async () => {
  const address = anAddress()
  const members = await Promise.all(Array.from({ length: 6 }, aMember))
  for (let n = 0; n < 30; n += 1) {
    expect((await requestCode(members[n % 5] ?? '', aNumber(), address)).status).toBe(200)
  }
  expect(await requestCode(members[5] ?? '', aNumber(), address)).toMatchObject(REFUSED)
})

it('an account can enter thirty codes an hour', async () => {
  const authorization = await aMember()
  const enter = () =>
    product.rest('POST', '/api/phone/verify', {
      authorization,
      body: { code: '000000' },
      headers: { 'X-Tributary-Client-Ip': anAddress() },
    })
  for (let n = 0; n < 30; n += 1) expect((await enter()).status).toBe(400)
  expect(await enter()).toMatchObject(REFUSED)
})
