import { startSimulator } from '../../simulator/startSimulator.ts'
import { listen } from '../../../test/support/listen.ts'
import { msg91 } from '../channels/msg91.ts'
import { sendgrid } from '../channels/sendgrid.ts'
import { twilio } from '../channels/twilio.ts'
import type { DeliveryEvent, EmailMessage, Outcome, SmsMessage } from '../types.ts'
import { parseMsg91 } from './msg91.ts'
import { parseSendgrid, verifySendgrid } from './sendgrid.ts'
import { parseTwilio, verifyTwilio } from './twilio.ts'

const signal = new AbortController().signal
const publicUrl = 'https://rewards.example.test'
const email: EmailMessage = {
  kind: 'email',
  id: 'ntf_mail',
  to: 'asha@example.test',
  subject: 'Hello',
  html: '<p>Hello</p>',
  text: 'Hello',
  template: 'welcome',
}
const sms: SmsMessage = {
  kind: 'sms',
  id: 'ntf_sms',
  to: '+919800000001',
  text: 'Hello',
  template: 'welcome',
  locale: 'en',
  variables: {},
}

let simulator: Awaited<ReturnType<typeof startSimulator>>
let receiver: Awaited<ReturnType<typeof listen>>
let publicKey: string

const control = async (path: string, body: object): Promise<unknown> => {
  const response = await fetch(`${simulator.url}/control/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(await response.text())
  return response.json()
}

beforeAll(async () => {
  simulator = await startSimulator()
  receiver = await listen((response) => response.end())
})
beforeEach(async () => {
  receiver.received.length = 0
  const { sendgrid: keys } = (await control('webhooks', {
    sendgrid: { url: `${receiver.url}/webhooks/sendgrid` },
    twilio: { url: receiver.url, publicUrl },
    msg91: { url: `${receiver.url}/webhooks/msg91/secret` },
  })) as { sendgrid: { publicKey: string } }
  publicKey = keys.publicKey
})
afterAll(async () => {
  await simulator.close()
  await receiver.close()
})

const providers: Record<string, { send: () => Promise<Outcome>; read: () => DeliveryEvent[] }> = {
  sendgrid: {
    send: () =>
      sendgrid({
        apiKey: 'SG.test',
        from: { email: 'no-reply@example.test', name: 'Example' },
        baseUrl: `${simulator.url}/sendgrid`,
      }).send(email, { signal }),
    read: () =>
      receiver.received.flatMap(({ body, headers }) => {
        const rawBody = Buffer.from(body)
        const signature = String(headers['x-twilio-email-event-webhook-signature'])
        const timestamp = String(headers['x-twilio-email-event-webhook-timestamp'])
        const signed = { publicKey, signature, timestamp, rawBody, now: new Date() }
        expect(verifySendgrid(signed)).toBe('genuine')
        return parseSendgrid({ rawBody })
      }),
  },
  twilio: {
    send: () =>
      twilio({
        accountSid: `AC${'0'.repeat(32)}`,
        authToken: 'token',
        from: '+15005550006',
        publicUrl,
        baseUrl: `${simulator.url}/twilio`,
      }).send(sms, { signal }),
    read: () =>
      receiver.received.flatMap(({ body, headers, path }) => {
        const received = { publicUrl, path, rawBody: Buffer.from(body) }
        const signature = String(headers['x-twilio-signature'])
        expect(verifyTwilio({ ...received, authToken: 'token', signature })).toBe('genuine')
        return parseTwilio({ ...received, receivedAt: new Date() })
      }),
  },
  msg91: {
    send: () =>
      msg91({ authKey: 'key', templateId: 'flow', baseUrl: `${simulator.url}/msg91` }).send(sms, {
        signal,
      }),
    read: () => receiver.received.flatMap(({ body }) => parseMsg91({ rawBody: Buffer.from(body) })),
  },
}

describe('a sent message gets a genuine report on its notification', () => {
  it.each([
    ['sendgrid', 'delivered', ['sent', 'delivered'], null],
    ['sendgrid', 'bounced', ['sent', 'bounced'], 'bounce'],
    ['sendgrid', 'failed', ['failed'], 'bounce'],
    ['sendgrid', 'opted-out', ['sent', 'delivered'], 'opt-out'],
    ['twilio', 'delivered', ['sent', 'delivered'], null],
    ['twilio', 'bounced', ['sent', 'bounced'], 'bounce'],
    ['twilio', 'failed', ['sent', 'failed'], null],
    ['twilio', 'opted-out', ['failed'], 'opt-out'],
    ['msg91', 'delivered', ['delivered'], null],
    ['msg91', 'bounced', ['failed'], null],
    ['msg91', 'failed', ['failed'], null],
    ['msg91', 'opted-out', ['failed'], null],
  ] as const)('%s: %s', async (provider, status, statuses, suppress) => {
    const { read, send } = providers[provider] ?? fail()
    const outcome = await send()
    const id = outcome.kind === 'accepted' ? outcome.providerMessageId : null
    await control('deliver', { provider, id, status })
    const events = read()
    expect(events.map((event) => event.status)).toEqual(statuses)
    expect(events.at(-1)?.suppress).toBe(suppress)
    for (const event of events) {
      expect(event).toMatchObject({ provider, providerMessageId: id })
      expect(event.notificationId).toBe(provider === 'sendgrid' ? email.id : sms.id)
      expect(Math.abs(Date.parse(event.at) - Date.now())).toBeLessThan(60_000)
    }
  })

  it.each([
    ['v2', 'delivered', 'delivered'],
    ['v3', 'delivered', 'delivered'],
    ['v4', 'delivered', 'delivered'],
    ['v4', 'bounced', 'failed'],
    ['new', 'delivered', 'delivered'],
    ['new', 'bounced', 'failed'],
    ['new', 'opted-out', 'failed'],
  ])('msg91 in the form %s: %s is read as %s', async (version, status, expected) => {
    await control('webhooks', { msg91: { url: `${receiver.url}/webhooks/msg91/secret`, version } })
    const { read, send } = providers.msg91 ?? fail()
    const outcome = await send()
    const id = outcome.kind === 'accepted' ? outcome.providerMessageId : null
    await control('deliver', { provider: 'msg91', id, status })
    const isNamed = version !== 'v4'
    expect(read()).toMatchObject([
      { status: expected, notificationId: sms.id, providerMessageId: isNamed ? id : null },
    ])
  })

  it.each(['sendgrid', 'twilio', 'msg91'])(
    '%s: a repeated report has the same event id',
    async (provider) => {
      const { read, send } = providers[provider] ?? fail()
      const outcome = await send()
      const id = outcome.kind === 'accepted' ? outcome.providerMessageId : null
      await control('deliver', { provider, id, status: 'delivered', duplicates: 2 })
      const final = read().filter(({ status }) => status === 'delivered')
      expect(new Set(final.map(({ eventId }) => eventId)).size).toBe(1)
    },
  )
})

const fail = (): never => {
  throw new Error('No such provider')
}
