import { createLocalReq } from 'payload'

import { provideEnv } from '../../../src/config/env.ts'
import { inTransaction } from '../../../src/database/inTransaction.ts'
import { orderConfirmed } from '../../../src/messaging/templates/orderConfirmed.ts'
import { queueNotifications } from '../../../src/messaging/outbox/queueNotifications.ts'
import { createMachine, createUser, signIn } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'

let product: Product
let admin: string
beforeAll(async () => {
  provideEnv({ RATE_LIMITS: 'on' })
  product = await startProduct()
})
beforeEach(async () => {
  admin = await signIn(product.payload, await createUser(product.payload, { role: 'admin' }))
  await product.sql('delete from notifications')
})
afterAll(() => product.close())

type Answer = { id: string; status: string; errors?: { code: string; field?: string }[] }
const GOOD = { channel: 'email', to: 'asha@example.test', locale: 'hi' }
const test = (template: string, body: object = GOOD, authorization: string | undefined = admin) =>
  product.rest<Answer>('POST', `/api/v1/messages/${template}/test`, { authorization, body })
/** All but the welcome messages of the accounts that a test creates. */
const rows = () =>
  product.sql(`select id, template, channel::text, lane::text, status::text, locale, "to", user_id,
    data is null as "isHidden", secret is null as "isOpen" from notifications where template <> 'welcome' order by id`)

it('a test message is one row in the chosen language to the typed address', async () => {
  const { body, status } = await test('order-confirmed')
  expect(status).toBe(202)
  const row = { template: 'order-confirmed', channel: 'email', lane: 'money', status: 'pending' }
  const to = { locale: 'hi', to: 'asha@example.test', user_id: null }
  expect(await rows()).toEqual([{ id: body.id, ...row, ...to, isHidden: false, isOpen: true }])
})

it('stores a phone number as E.164, defaults to English, and encrypts a secret', async () => {
  expect((await test('otp', { channel: 'sms', to: '098450 66620' })).status).toBe(202)
  expect(await rows()).toMatchObject([
    { channel: 'sms', locale: 'en', to: '+919845066620', isHidden: true, isOpen: false },
  ])
})

it('a test message is audited with a masked address', async () => {
  const { body } = await test('otp', { ...GOOD, channel: 'sms', to: '+919845066620' })
  expect(
    await product.sql(
      `select action, subject, after from audit_logs where subject_id = '${body.id}'`,
    ),
  ).toEqual([
    {
      action: 'test-send',
      subject: 'notifications',
      after: { template: 'otp', channel: 'sms', locale: 'hi', to: '•••• 6620' },
    },
  ])
})

it.each([
  ['no template', 'nothing', GOOD, 404, 'messaging.unknown-template', undefined],
  ['no own property', '__proto__', GOOD, 404, 'messaging.unknown-template', undefined],
  ['no channel', 'otp', { ...GOOD, channel: 'post' }, 400, 'request.malformed-value', 'channel'],
  [
    'a channel that the template does not support',
    'welcome',
    { ...GOOD, channel: 'sms', to: '+919845066620' },
    400,
    'messaging.no-such-channel',
    'channel',
  ],
  ['no language', 'otp', { ...GOOD, locale: 'fr' }, 400, 'request.malformed-value', 'locale'],
  ['no e-mail address', 'otp', { ...GOOD, to: '+9198' }, 400, 'messaging.invalid-address', 'to'],
  ['no phone number', 'otp', { ...GOOD, channel: 'sms' }, 400, 'messaging.invalid-address', 'to'],
  ['no text', 'otp', { ...GOOD, to: ['a@b.in'] }, 400, 'messaging.invalid-address', 'to'],
  ['data of one’s own', 'otp', { ...GOOD, data: {} }, 400, 'request.unknown-field', 'data'],
])('%s is refused, and nothing is queued', async (_case, template, body, status, code, field) => {
  const answer = await test(template, body)
  expect(answer).toMatchObject({ status, body: { errors: [{ code, ...(field && { field }) }] } })
  expect(await rows()).toEqual([])
})

it('only admins can send test messages', async () => {
  const { payload } = product
  expect((await product.rest('POST', '/api/v1/messages/otp/test', { body: GOOD })).status).toBe(401)
  expect((await test('otp', GOOD, await createMachine(payload, ['members:read']))).status).toBe(401)
  for (const role of ['member', 'support', 'finance'] as const) {
    const other = await signIn(payload, await createUser(payload, { role }))
    expect((await test('otp', GOOD, other)).status).toBe(403)
  }
  expect(await rows()).toEqual([])
})

it('an admin can send forty an hour, without affecting another admin', async () => {
  for (let n = 0; n < 40; n += 1) expect((await test('otp')).status).toBe(202)
  const refused = await test('otp')
  expect(refused).toMatchObject({ status: 429, body: { errors: [{ code: 'request.too-many' }] } })
  expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
  expect(await rows()).toHaveLength(40)
  const another = await signIn(
    product.payload,
    await createUser(product.payload, { role: 'admin' }),
  )
  expect((await test('otp', GOOD, another)).status).toBe(202)
})

it('a notice uses the member’s language unless it has one of its own', async () => {
  const { payload } = product
  const member = await createUser(payload, { locale: 'hi-IN' })
  await product.sql('delete from notifications')
  const req = await createLocalReq({}, payload)
  const notice = { template: orderConfirmed, data: orderConfirmed.sample, user: member.id }
  const notices = [
    { ...notice, key: 'order:1' },
    { ...notice, key: 'order:2', locale: 'en' as const },
  ]
  await inTransaction(req, () => queueNotifications(req, notices, new Date()))
  expect(
    await product.sql('select dedupe_key, locale from notifications order by dedupe_key'),
  ).toEqual([
    { dedupe_key: 'order:1:email', locale: 'hi-IN' },
    { dedupe_key: 'order:2:email', locale: 'en' },
  ])
})
