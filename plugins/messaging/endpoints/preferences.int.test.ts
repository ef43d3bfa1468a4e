import { createLocalReq } from 'payload'

import { inTransaction } from '../../../src/database/inTransaction.ts'
import { orderConfirmed } from '../../../src/messaging/templates/orderConfirmed.ts'
import { CATEGORIES } from '../../../src/messaging/types.ts'
import { queueNotifications } from '../../../src/messaging/outbox/queueNotifications.ts'
import type { User } from '../../../src/payload-types.ts'
import { createMachine, createUser, signIn } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'

const PATH = '/api/notification-preferences/mine'

let product: Product
let member: User
let authorization: string
beforeAll(async () => {
  product = await startProduct()
})
beforeEach(async () => {
  member = await createUser(product.payload)
  authorization = await signIn(product.payload, member)
})
afterAll(() => product.close())

type Preference = { category: string; channel: string; isOn: boolean }
const mine = async (as = authorization) => {
  const { body } = await product.rest<{ preferences: Preference[] }>('GET', PATH, {
    authorization: as,
  })
  return body.preferences
}
const off = async () => (await mine()).filter(({ isOn }) => !isOn)
const put = (body: object, as = authorization) =>
  product.rest<{ errors?: { code: string; field?: string }[] }>('PUT', PATH, {
    authorization: as,
    body,
  })

it('every preference is on until the member switches it off', async () => {
  const all = await mine()
  expect(all).toHaveLength(CATEGORIES.length * 2)
  expect(all.every(({ isOn }) => isOn)).toBe(true)
})

it('a preference is the member’s own, the last one applies, and new messages respect it', async () => {
  const choice = { category: 'orders', channel: 'email', isOn: false }
  await Promise.all([put(choice), put(choice), put(choice)])
  expect(await off()).toEqual([choice])
  const other = await signIn(product.payload, await createUser(product.payload))
  expect((await mine(other)).every(({ isOn }) => isOn)).toBe(true)

  const notify = async (key: string) => {
    const req = await createLocalReq({}, product.payload)
    const { sample: data } = orderConfirmed
    const notice = { key, template: orderConfirmed, data, user: member.id }
    await inTransaction(req, () => queueNotifications(req, [notice], new Date()))
    return product.sql(
      `select status::text, reason from notifications where dedupe_key = '${key}:email'`,
    )
  }
  expect(await notify('order:1')).toEqual([{ status: 'suppressed', reason: 'preference' }])
  expect((await put({ ...choice, isOn: true })).status).toBe(200)
  expect(await off()).toEqual([])
  expect(await notify('order:2')).toEqual([{ status: 'pending', reason: null }])
})

it('security cannot be switched off', async () => {
  for (const channel of ['email', 'sms']) {
    const answer = await put({ category: 'security', channel, isOn: false })
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ code: 'preference.always-on' }] },
    })
    expect((await put({ category: 'security', channel, isOn: true })).status).toBe(200)
  }
  expect(await off()).toEqual([])
})

it.each([
  [{ category: 'weather', channel: 'email', isOn: false }, 'category'],
  [{ category: 'orders', channel: 'post', isOn: false }, 'channel'],
  [{ category: 'orders', channel: 'email', isOn: 'no' }, 'isOn'],
  [{ category: ['orders'], channel: 'email', isOn: false }, 'category'],
  [{ category: 'orders', channel: 'email', isOn: false, user: 'another' }, 'user'],
  [{}, 'category'],
])('refuses an invalid preference and names the field: %j', async (body, field) => {
  expect(await put(body)).toMatchObject({ status: 400, body: { errors: [{ field }] } })
})

it('anonymous requests and machines get 401', async () => {
  const machine = await createMachine(product.payload, ['members:read'])
  for (const as of [undefined, machine]) {
    for (const method of ['GET', 'PUT']) {
      const options = { authorization: as, ...(method === 'PUT' ? { body: {} } : {}) }
      expect((await product.rest(method, PATH, options)).status).toBe(401)
    }
  }
})
