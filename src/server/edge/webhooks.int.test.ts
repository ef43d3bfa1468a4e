import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import express, { type Router } from 'express'
import { createLocalReq } from 'payload'
import twilioSdk from 'twilio'

import { applyInboundEvents } from '../../../jobs/messaging/applyInboundEvents.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { readDb } from '../../database/readDb.ts'
import type { Channels } from '../../messaging/channels/openChannels.ts'
import { msg91 } from '../../messaging/channels/msg91.ts'
import { sendgrid } from '../../messaging/channels/sendgrid.ts'
import { twilio } from '../../messaging/channels/twilio.ts'
import { otp } from '../../messaging/templates/otp.ts'
import { deliver } from '../../messaging/outbox/deliver.ts'
import { queueNotifications } from '../../messaging/outbox/queueNotifications.ts'
import { reapRows } from '../../messaging/outbox/claim.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { useSimulator } from '../../../test/support/useSimulator.ts'
import { listen } from '../listen.ts'
import { webhookReceivers } from './webhookReceivers.ts'
import { webhooks } from './webhooks.ts'

const PUBLIC_URL = 'https://shop.test'
const TOKEN = 'the-auth-token'
const SECRET = 'a-secret-in-the-address'
const ACCOUNT = `AC${'0'.repeat(32)}`

const simulator = useSimulator()
let product: Product
let server: Server
let url: string
let router: Router
let sendgridKey: string

/** The provider's own, for what the simulator does not sign. */
const keys = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const ownKey = keys.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')

beforeAll(async () => {
  product = await startProduct()
  const app = express()
  app.use((request, response, next) => {
    void router(request, response, next)
  })
  server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
beforeEach(async () => {
  await product.sql(
    'delete from notifications; delete from inbound_events; delete from suppressions',
  )
  const answer = await simulator.control<{ sendgrid: { publicKey: string } }>('/webhooks', {
    sendgrid: { url: `${url}/webhooks/sendgrid` },
    twilio: { url, publicUrl: PUBLIC_URL },
    msg91: { url: `${url}/webhooks/msg91/${SECRET}` },
  })
  sendgridKey = answer.sendgrid.publicKey
  router = routerWith(sendgridKey)
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await product.close()
})

const routerWith = (sendgridPublicKey: string | undefined, isComplete = true) =>
  webhooks({
    payload: product.payload,
    receivers: webhookReceivers({
      publicUrl: PUBLIC_URL,
      sendgridPublicKey,
      twilioAuthToken: isComplete ? TOKEN : undefined,
      msg91Secret: isComplete ? SECRET : undefined,
    }),
  })

type Provider = 'msg91' | 'sendgrid' | 'twilio'
const channelsOf = (provider: Provider): Channels => {
  const at = (name: Provider) => ({ baseUrl: `${simulator.url()}/${name}`, timeoutMs: 5_000 })
  const from = { email: 'shop@shop.test', name: 'Shop' }
  const sms =
    provider === 'msg91'
      ? msg91({ authKey: 'any', templateId: 'any', ...at('msg91') })
      : twilio({
          accountSid: ACCOUNT,
          authToken: TOKEN,
          from: '+15005550006',
          publicUrl: PUBLIC_URL,
          ...at('twilio'),
        })
  return { email: [sendgrid({ apiKey: 'SG.any', from, ...at('sendgrid') })], sms: [sms] }
}

const deliverBy = (provider: Provider) =>
  deliver({
    payload: product.payload,
    channels: channelsOf(provider),
    lanes: ['otp'],
    settings: {
      leaseMs: 60_000,
      otpLeaseMs: 60_000,
      retryMs: 1,
      otpRetryMs: 1,
      unknownMs: 60_000,
      concurrency: 10,
    },
    signal: new AbortController().signal,
    wording: { brand: 'Shop', timeZone: 'Asia/Kolkata', link: (path) => PUBLIC_URL + path },
  })

/** Sends a message, and returns the provider's id of it. */
const send = async (provider: Provider): Promise<string> => {
  const to = provider === 'sendgrid' ? { email: 'asha@shop.test' } : { sms: '+919845066620' }
  const notice = { key: `test:${randomUUID()}`, template: otp, data: { code: '918273' }, to }
  const req = await createLocalReq({}, product.payload)
  await inTransaction(req, () => queueNotifications(req, [notice], new Date()))
  await deliverBy(provider)
  const { messages } = await simulator.control<{ messages: { id: string }[] }>('/messages')
  return messages.at(-1)?.id ?? ''
}
const postReport = async (report: object) => {
  const { posts } = await simulator.control<{ posts: { status: number }[] }>('/deliver', report)
  return posts.map(({ status }) => status)
}
const apply = () =>
  applyInboundEvents.run({
    payload: product.payload,
    now: new Date(),
    data: null,
    signal: new AbortController().signal,
  })
const row = async () =>
  (await product.sql<Record<string, unknown>>('select *, status::text from notifications'))[0]
const stored = () => product.sql('select 1 from inbound_events')

const post = async (path: string, body: string, headers: Record<string, string> = {}) => {
  const response = await fetch(url + path, { method: 'POST', body, headers })
  const answer = (await response.json()) as { errors?: { code: string }[] }
  return [response.status, answer.errors?.[0]?.code ?? null]
}
const event = (over: object = {}) => ({
  event: 'delivered',
  sg_event_id: randomUUID(),
  timestamp: Math.floor(Date.now() / 1000),
  ...over,
})
const signed = (body: string, ageSeconds = 0) => {
  const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds)
  const signature = sign('sha256', Buffer.from(timestamp + body), keys.privateKey)
  return {
    'X-Twilio-Email-Event-Webhook-Signature': signature.toString('base64'),
    'X-Twilio-Email-Event-Webhook-Timestamp': timestamp,
  }
}
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }

describe.each(['sendgrid', 'twilio', 'msg91'] as const)('%s’s report', (provider) => {
  it('is stored, answered and applied, and changes nothing when it is repeated', async () => {
    const id = await send(provider)
    const report = { provider, id, status: 'delivered', duplicates: 2, outOfOrder: true }
    expect(new Set(await postReport(report))).toEqual(new Set([200]))
    const count = (await stored()).length
    await apply()
    expect(await row()).toMatchObject({ status: 'delivered', provider })
    // The ids of these events follow from their content, so no repeat is stored.
    if (provider !== 'sendgrid') {
      await postReport(report)
      expect(await stored()).toHaveLength(count)
    }
    await apply()
    expect((await row())?.status).toBe('delivered')
  })

  it('resolves a message with an unknown outcome, which is not sent again', async () => {
    await simulator.control('/faults', { provider, fault: 'reset-after-accept', times: 1 })
    const id = await send(provider)
    expect((await row())?.status).toBe('unknown')
    await postReport({ provider, id, status: 'delivered' })
    await product.sql(`update inbound_events set received_at = now() - interval '1 hour'`)
    await apply()
    await reapRows(await readDb(product), { now: new Date(Date.now() + 3_600_000), unknownMs: 1 })
    await deliverBy(provider)
    expect(await row()).toMatchObject({ status: 'delivered', secret: null })
    const { messages } = await simulator.control<{ messages: unknown[] }>('/messages')
    expect(messages).toHaveLength(1)
  })
})

it.each([
  ['sendgrid', 'bounced', undefined, 'bounce'],
  ['sendgrid', 'opted-out', 'spamreport', 'complaint'],
  ['sendgrid', 'opted-out', undefined, 'opt-out'],
  ['twilio', 'bounced', undefined, 'bounce'],
  ['twilio', 'opted-out', undefined, 'opt-out'],
] as const)('%s’s %s (%s) suppresses the address: %s', async (provider, status, code, reason) => {
  const id = await send(provider)
  await postReport({ provider, id, status, ...(code ? { code } : {}) })
  await apply()
  expect(await product.sql('select reason::text, provider from suppressions')).toEqual([
    { reason, provider },
  ])
})

it('a report wakes the job that applies reports', async () => {
  const bell = new EventEmitter()
  const listener = await listen({
    databaseUrl: product.databaseUrl,
    names: ['inbound'],
    onName: (name) => bell.emit(name),
    onConnect: () => Promise.resolve(),
  })
  const id = await send('twilio')
  const heard = once(bell, 'inbound')
  await postReport({ provider: 'twilio', id, status: 'delivered' })
  await heard
  await listener.close()
})

describe('a request', () => {
  const body = JSON.stringify([event()])
  beforeEach(() => {
    router = routerWith(ownKey)
  })

  it('of SendGrid is accepted when it is signed, and its events are applied once, however often it arrives', async () => {
    const batch = JSON.stringify([event(), event({ event: 'processed' }), event({ event: 'open' })])
    const headers = signed(batch)
    for (let n = 0; n < 3; n += 1) {
      expect(await post('/webhooks/sendgrid', batch, headers)).toEqual([200, null])
    }
    expect(await stored()).toHaveLength(2)
  })

  it.each([
    ['unsigned', {}, body, [401, 'webhook.unsigned']],
    [
      'with a byte changed',
      signed(body),
      body.replace('delivered', 'delivereD'),
      [403, 'webhook.forged'],
    ],
    ['that is old', signed(body, 301), body, [403, 'webhook.stale']],
    ['from the future', signed(body, -360), body, [403, 'webhook.stale']],
    [
      'with a nonsense signature',
      { ...signed(body), 'X-Twilio-Email-Event-Webhook-Signature': 'AAAA' },
      body,
      [403, 'webhook.forged'],
    ],
    [
      'signed for another time',
      { ...signed(body), 'X-Twilio-Email-Event-Webhook-Timestamp': '1' },
      body,
      [403, 'webhook.forged'],
    ],
  ] as const)(
    'of SendGrid %s is refused, and nothing is kept',
    async (_what, headers, sent, answer) => {
      expect(await post('/webhooks/sendgrid', sent, headers)).toEqual(answer)
      expect(await stored()).toEqual([])
    },
  )

  it('signed by Twilio’s library is accepted; unsigned or changed it is refused', async () => {
    const path = `/webhooks/twilio?n=${randomUUID()}`
    const form = {
      MessageSid: 'SM1',
      MessageStatus: 'delivered',
      To: '+919845066620',
      Body: 'a b+c',
    }
    const signature = twilioSdk.getExpectedTwilioSignature(TOKEN, PUBLIC_URL + path, form)
    const headers = { ...FORM, 'X-Twilio-Signature': signature }
    const text = (over: object = {}) => new URLSearchParams({ ...form, ...over }).toString()

    expect(await post(path, text(), FORM)).toEqual([401, 'webhook.unsigned'])
    expect(await post(path, text({ MessageStatus: 'failed' }), headers)).toEqual([
      403,
      'webhook.forged',
    ])
    expect(await post(`${path}0`, text(), headers)).toEqual([403, 'webhook.forged'])
    expect(await stored()).toEqual([])
    for (let n = 0; n < 2; n += 1) expect(await post(path, text(), headers)).toEqual([200, null])
    expect(await stored()).toHaveLength(1)
  })

  it('to MSG91’s address is refused with another secret, and finds no route without one', async () => {
    const form = new URLSearchParams({ data: '[]' }).toString()
    expect(await post('/webhooks/msg91/another-secret-of-length', form, FORM)).toEqual([
      403,
      'webhook.forged',
    ])
    expect(await post('/webhooks/msg91', form, FORM)).toEqual([404, 'request.not-found'])
    expect(await post(`/webhooks/msg91/${SECRET}`, form, FORM)).toEqual([200, null])
  })

  it.each(['', '{', '{}', '[{"event":"delivered"}]'])(
    'that is genuine but malformed is refused: %j',
    async (text) => {
      expect(await post('/webhooks/sendgrid', text, signed(text))).toEqual([
        400,
        'webhook.malformed',
      ])
      expect(await stored()).toEqual([])
    },
  )

  it('of more than two megabytes is too large, whoever signed it', async () => {
    const large = JSON.stringify([event({ reason: 'x'.repeat(2_000_000) })])
    expect(await post('/webhooks/sendgrid', large, signed(large))).toEqual([
      413,
      'request.too-large',
    ])
    expect(await stored()).toEqual([])
  })

  it('to Twilio’s address with more fields than a report has is refused before they are read', async () => {
    const fields = Array.from({ length: 20_000 }, (_field, index) => index.toString(36)).join('&')
    const answer = await post('/webhooks/twilio', fields, { ...FORM, 'x-twilio-signature': 'any' })
    expect(answer).toEqual([413, 'request.too-large'])
  })

  it('of thousands of events is stored completely', async () => {
    const batch = JSON.stringify(Array.from({ length: 5_000 }, () => event()))
    expect(await post('/webhooks/sendgrid', batch, signed(batch))).toEqual([200, null])
    expect(await stored()).toHaveLength(5_000)
  })

  it('of a provider that is not configured finds no route', async () => {
    router = routerWith(undefined, false)
    for (const path of ['sendgrid', 'twilio', `msg91/${SECRET}`, 'another']) {
      expect(await post(`/webhooks/${path}`, body, signed(body))).toEqual([
        404,
        'request.not-found',
      ])
    }
  })

  it('that cannot be stored now is not answered with 200, nor with its content', async () => {
    await product.sql('alter table inbound_events rename to elsewhere')
    try {
      const [status, code] = await post('/webhooks/sendgrid', body, signed(body))
      expect([status, code]).toEqual([500, 'request.failed'])
    } finally {
      await product.sql('alter table elsewhere rename to inbound_events')
    }
  })
})
