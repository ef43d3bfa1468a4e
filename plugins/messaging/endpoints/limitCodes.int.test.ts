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
const nextAddress = (): string => `203.0.113.${(last += 1)}`
const nextNumber = (): string => `+91${9845066700 + (last += 1)}`

const requestCode = (authorization: string, phone: string, address = nextAddress()) =>
  product.rest('POST', '/api/phone/otp', {
    authorization,
    body: { phone },
    headers: { 'X-Tributary-Client-Ip': address },
  })
const REFUSED = { status: 429, body: { errors: [{ code: 'request.too-many' }] } }
const sent = () => product.sql(`select 1 from notifications where template = 'otp'`)

it('an account gets six codes an hour, then a Retry-After', async () => {
  const member = await signInMember()
  for (let n = 0; n < 6; n += 1) expect((await requestCode(member, nextNumber())).status).toBe(200)
  const before = (await sent()).length
  const refused = await requestCode(member, nextNumber())
  expect(refused).toMatchObject(REFUSED)
  expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
  expect(await sent()).toHaveLength(before)
})

it('a number gets five codes an hour, for all accounts and spellings', async () => {
  const phone = nextNumber()
  for (let n = 0; n < 5; n += 1)
    expect((await requestCode(await signInMember(), phone)).status).toBe(200)
  expect(await requestCode(await signInMember(), phone.replace('+91', '0'))).toMatchObject(REFUSED)
})

it('a client address gets thirty codes an hour', async () => {
  const address = nextAddress()
  const members = await Promise.all(Array.from({ length: 6 }, signInMember))
  for (let n = 0; n < 30; n += 1) {
    expect((await requestCode(members[n % 5] ?? '', nextNumber(), address)).status).toBe(200)
  }
  expect(await requestCode(members[5] ?? '', nextNumber(), address)).toMatchObject(REFUSED)
})

it('an account can enter thirty codes an hour', async () => {
  const authorization = await signInMember()
  const enter = () =>
    product.rest('POST', '/api/phone/verify', {
      authorization,
      body: { code: '000000' },
      headers: { 'X-Tributary-Client-Ip': nextAddress() },
    })
  for (let n = 0; n < 30; n += 1) expect((await enter()).status).toBe(400)
  expect(await enter()).toMatchObject(REFUSED)
})
