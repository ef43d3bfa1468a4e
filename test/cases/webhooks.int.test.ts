import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'

import { createLocalReq } from 'payload'

import { applyInboundEvents } from '../../jobs/messaging/applyInboundEvents.ts'
import { inTransaction } from '../../src/database/inTransaction.ts'
import { queueNotifications } from '../../src/messaging/outbox/queueNotifications.ts'
import { otp } from '../../src/messaging/templates/otp.ts'
import { webhookReceivers } from '../../src/server/edge/webhookReceivers.ts'
import { webhooks } from '../../src/server/edge/webhooks.ts'
import { startEdge } from '../support/startEdge.ts'
import { type Product, startProduct } from '../support/startProduct.ts'
import { readCase } from './readCase.ts'

const SECRET = 'a-secret-in-the-address'
const keys = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })

let product: Product
let edge: Awaited<ReturnType<typeof startEdge>>
beforeAll(async () => {
  product = await startProduct()
  edge = await startEdge(
    webhooks({
      payload: product.payload,
      receivers: webhookReceivers({
        publicUrl: 'https://shop.test',
        sendgridPublicKey: keys.publicKey
          .export({ format: 'der', type: 'spki' })
          .toString('base64'),
        twilioAuthToken: undefined,
        msg91Secret: SECRET,
      }),
    }),
  )
})
afterAll(async () => {
  await edge.close()
  await product.close()
})

const post = async (path: string, body: string, headers: Record<string, string>) =>
  (await fetch(edge.url + path, { method: 'POST', body, headers })).status

it('case 21: a signed batch of SendGrid is accepted byte for byte, and refused when it is written again', async () => {
  const found = readCase<{ raw: number; 'written again': number; notification: string }>(
    '21-sendgrid-signed-batch',
  )
  const { payload } = product
  const notice = {
    key: randomUUID(),
    template: otp,
    data: { code: '918273' },
    to: { email: 'asha@shop.test' },
  }
  const req = await createLocalReq({}, payload)
  await inTransaction(req, () => queueNotifications(req, [notice], new Date()))
  const [row] = await product.sql<{ id: string }>(
    `update notifications set status = 'sent', provider = 'sendgrid', sent_at = now()
     where dedupe_key like '${notice.key}%' returning id::text`,
  )
  const timestamp = String(Math.floor(Date.now() / 1_000))
  const raw = found
    .text('body.txt')
    .replaceAll('{{now}}', timestamp)
    .replaceAll('{{id}}', row?.id ?? '')
  const signature = sign('sha256', Buffer.from(timestamp + raw), keys.privateKey)
  const headers = {
    'Content-Type': 'application/json',
    'X-Twilio-Email-Event-Webhook-Signature': signature.toString('base64'),
    'X-Twilio-Email-Event-Webhook-Timestamp': timestamp,
  }
  const again = await post('/webhooks/sendgrid', JSON.stringify(JSON.parse(raw)), headers)
  const first = await post('/webhooks/sendgrid', raw, headers)
  await applyInboundEvents.run({
    payload,
    now: new Date(),
    data: null,
    signal: new AbortController().signal,
  })
  const [notification] = await product.sql<{ status: string }>(
    `select status::text from notifications where id = '${row?.id}'`,
  )
  expect({
    raw: first,
    'written again': again,
    notification: notification?.status,
  }).toEqual(found.expected)
})

describe('case 22: a report of MSG91 is accepted', () => {
  const found = readCase('22-msg91-forms')
  const JSON_TYPE = 'application/json'
  const FORM = 'application/x-www-form-urlencoded'

  const report = async ([form, file, type]: readonly [string, string, string]) => {
    const headers = { 'Content-Type': type }
    const status = await post(`/webhooks/msg91/${SECRET}`, found.text(file), headers)
    expect(String(found.expected[form]).slice(0, 3)).toBe(String(status))
  }

  it.each([
    ['v2', 'v2.form', FORM],
    ['v3', 'v3.json', JSON_TYPE],
    ['v4', 'v4.json', JSON_TYPE],
    ['new', 'new.json', JSON_TYPE],
  ] as const)('in the form %s', async (...form) => {
    await report(form)
  })
})
