import { createPublicKey, verify } from 'node:crypto'

import twilio from 'twilio'

import { readFixture } from '../../../test/support/readFixture.ts'
import { startReceiver } from '../../../test/support/startReceiver.ts'
import { useSimulator } from '../../../test/support/useSimulator.ts'

const TOKEN = 'the-auth-token'

describe('delivery reports', () => {
  const simulator = useSimulator()
  let receiver: Awaited<ReturnType<typeof startReceiver>>
  beforeEach(async () => {
    receiver = await startReceiver()
  })
  afterEach(() => receiver.close())

  const lastId = async () => {
    const { messages } = await simulator.control<{ messages: { id: string }[] }>('/messages')
    return messages.at(-1)?.id ?? ''
  }
  const sendMail = async (to = 'asha@example.test') => {
    const mail = {
      from: { email: 'a@example.test' },
      personalizations: [{ to: [{ email: to }], custom_args: { notification_id: 'ntf_1' } }],
      subject: 's',
      content: [{ type: 'text/plain', value: 't' }],
      categories: ['commission'],
    }
    await simulator.post('/sendgrid/v3/mail/send', mail, { authorization: 'Bearer any' })
    return lastId()
  }
  const sendSms = async (callback?: string, token = TOKEN) => {
    const fields = { To: '+919800000001', From: '+15005550006', Body: 'b' }
    const form = new URLSearchParams({
      ...fields,
      ...(callback ? { StatusCallback: callback } : {}),
    })
    const authorization = `Basic ${btoa(`AC1:${token}`)}`
    await simulator.post('/twilio/2010-04-01/Accounts/AC1/Messages.json', form, { authorization })
    return lastId()
  }
  const sendFlow = async () => {
    const recipients = [{ mobiles: '919800000001', CRQID: 'ntf_1' }]
    await simulator.post('/msg91/api/v5/flow', { template_id: 't', recipients }, { authkey: 'any' })
    return lastId()
  }

  describe('of SendGrid', () => {
    const listen = async () => {
      const { sendgrid } = await simulator.control<{ sendgrid: { publicKey: string } }>(
        '/webhooks',
        { sendgrid: { url: `${receiver.url}/hooks/sendgrid` } },
      )
      return createPublicKey({
        key: Buffer.from(sendgrid.publicKey, 'base64'),
        format: 'der',
        type: 'spki',
      })
    }
    const eventsOf = (index = 0) =>
      JSON.parse(receiver.posts[index]?.body ?? '[]') as Record<string, unknown>[]

    it('are signed over timestamp and raw body with the published key', async () => {
      const key = await listen()
      await simulator.control('/clock', { now: '2026-11-21T00:00:00Z', isTicking: false })
      const id = await sendMail()
      await simulator.control('/deliver', { provider: 'sendgrid', id, status: 'delivered' })

      const [post] = receiver.posts
      const timestamp = post?.headers['x-twilio-email-event-webhook-timestamp'] ?? ''
      const signature = post?.headers['x-twilio-email-event-webhook-signature'] ?? ''
      const isGenuine = (body: string) =>
        verify('sha256', Buffer.from(timestamp + body), key, Buffer.from(signature, 'base64'))
      expect(timestamp).toBe(String(Date.parse('2026-11-21T00:00:00Z') / 1000))
      expect(isGenuine(post?.body ?? '')).toBe(true)
      expect(isGenuine(JSON.stringify(JSON.parse(post?.body ?? '')))).toBe(false)
    })

    it('are events that contain our custom args', async () => {
      await listen()
      const id = await sendMail()
      await simulator.control('/deliver', { provider: 'sendgrid', id, status: 'delivered' })
      const common = {
        email: 'asha@example.test',
        notification_id: 'ntf_1',
        category: ['commission'],
      }
      expect(eventsOf()).toMatchObject([
        { ...common, event: 'processed' },
        { ...common, event: 'delivered', sg_message_id: expect.stringContaining(id) },
      ])
      expect(new Set(eventsOf().map((event) => event.sg_event_id)).size).toBe(2)
    })

    it.each([
      [{ status: 'bounced' }, { event: 'bounce', type: 'bounce' }],
      [
        { status: 'bounced', code: 'blocked' },
        { event: 'bounce', type: 'blocked' },
      ],
      [{ status: 'failed' }, { event: 'dropped', reason: 'Bounced Address' }],
      [{ status: 'opted-out' }, { event: 'unsubscribe' }],
      [{ status: 'opted-out', code: 'spamreport' }, { event: 'spamreport' }],
    ])('%j becomes %j', async (wanted, event) => {
      await listen()
      await simulator.control('/deliver', { provider: 'sendgrid', id: await sendMail(), ...wanted })
      expect(eventsOf().at(-1)).toMatchObject(event)
    })

    it('are one batch, with duplicates within it and of it, in reverse order on request', async () => {
      await listen()
      const [first, second] = [await sendMail('a@example.test'), await sendMail('b@example.test')]
      const common = { provider: 'sendgrid', status: 'delivered' }
      const twice = { ...common, id: first, duplicates: 1 }
      const reports = [twice, { ...common, id: second, outOfOrder: true }]
      await simulator.control('/deliver', { reports })

      expect(receiver.posts).toHaveLength(2)
      expect(receiver.posts[1]).toEqual(expect.objectContaining({ body: receiver.posts[0]?.body }))
      const sent = eventsOf().map(({ email, event }) => `${String(email)} ${String(event)}`)
      expect(sent).toEqual([
        'a@example.test processed',
        'a@example.test delivered',
        'a@example.test delivered',
        'b@example.test delivered',
        'b@example.test processed',
      ])
      expect(eventsOf()[1]?.sg_event_id).toBe(eventsOf()[2]?.sg_event_id)
    })

    it('are `dropped` for a mail to an address that opted out', async () => {
      await listen()
      await simulator.control('/faults', { provider: 'sendgrid', fault: 'opted-out', times: 1 })
      await sendMail()
      await receiver.untilPosts(1)
      expect(eventsOf()).toMatchObject([{ event: 'dropped', reason: 'Unsubscribed Address' }])
    })

    it('are sent automatically if enabled, and again after a refusal', async () => {
      await listen()
      await simulator.control('/auto-deliver', { enabled: true })
      receiver.answers.push(503)
      await sendMail()
      await receiver.untilPosts(2)
      expect(receiver.posts[1]?.body).toBe(receiver.posts[0]?.body)
      expect(eventsOf()).toMatchObject([{ event: 'processed' }, { event: 'delivered' }])
    })
  })

  describe('of Twilio', () => {
    const isGenuine = (
      post: { body: string; headers: Record<string, string> },
      url: string,
      token = TOKEN,
    ) =>
      twilio.validateRequest(
        token,
        post.headers['x-twilio-signature'] ?? '',
        url,
        Object.fromEntries(new URLSearchParams(post.body)),
      )
    const wordsOf = () =>
      receiver.posts.map(({ body }) => new URLSearchParams(body).get('MessageStatus'))

    it('go to the message’s callback, signed with the token of its request', async () => {
      const callback = `${receiver.url}/hooks/twilio?n=ntf_1`
      const id = await sendSms(callback)
      await simulator.control('/deliver', { provider: 'twilio', id, status: 'delivered' })
      expect(wordsOf()).toEqual(['sent', 'delivered'])
      for (const post of receiver.posts) {
        expect(post.url).toBe('/hooks/twilio?n=ntf_1')
        expect(isGenuine(post, callback)).toBe(true)
        expect(isGenuine(post, callback, 'another')).toBe(false)
        expect(isGenuine(post, callback.replace('http:', 'https:'))).toBe(false)
      }
    })

    it('are signed for the public URL behind a proxy', async () => {
      await simulator.control('/webhooks', { twilio: { url: receiver.url } })
      const callback = 'https://pay.example.test/hooks/twilio?n=ntf_1'
      const id = await sendSms(callback)
      await simulator.control('/deliver', { provider: 'twilio', id, status: 'delivered' })
      expect(receiver.posts[0]?.url).toBe('/hooks/twilio?n=ntf_1')
      expect(isGenuine(receiver.posts[0] ?? NO_POST, callback)).toBe(true)

      const publicUrl = 'https://other.example.test'
      await simulator.control('/webhooks', { twilio: { publicUrl } })
      const near = await sendSms(`${receiver.url}/hooks/twilio`)
      await simulator.control('/deliver', { provider: 'twilio', id: near, status: 'delivered' })
      const last = receiver.posts.at(-1) ?? NO_POST
      expect(isGenuine(last, `${publicUrl}/hooks/twilio`)).toBe(true)
      await simulator.control('/webhooks', { twilio: {} })
    })

    it.each([
      [{ status: 'bounced' }, 'undelivered', '30006'],
      [{ status: 'failed' }, 'undelivered', '30003'],
      [{ status: 'failed', code: '30008' }, 'undelivered', '30008'],
      [{ status: 'opted-out' }, 'failed', '21610'],
    ])('%j becomes %s with %s', async (wanted, status, code) => {
      const id = await sendSms(receiver.url)
      await simulator.control('/deliver', { provider: 'twilio', id, ...wanted })
      const last = Object.fromEntries(new URLSearchParams(receiver.posts.at(-1)?.body))
      expect(last).toMatchObject({ MessageSid: id, MessageStatus: status, ErrorCode: code })
      expect(last).toMatchObject({ AccountSid: 'AC1', To: '+919800000001', From: '+15005550006' })
    })

    it('are sent twice and in reverse order on request', async () => {
      const id = await sendSms(receiver.url)
      const wanted = {
        provider: 'twilio',
        id,
        status: 'delivered',
        duplicates: 1,
        outOfOrder: true,
      }
      await simulator.control('/deliver', wanted)
      expect(wordsOf()).toEqual(['delivered', 'delivered', 'sent', 'sent'])
    })

    it('are sent automatically if enabled', async () => {
      await simulator.control('/auto-deliver', { enabled: true, delayMs: 10 })
      await sendSms(receiver.url)
      await receiver.untilPosts(2)
      expect(wordsOf()).toEqual(['sent', 'delivered'])
    })

    it('are not sent without a callback', async () => {
      const id = await sendSms()
      const wanted = { provider: 'twilio', id, status: 'delivered' }
      expect(await simulator.control('/deliver', wanted)).toEqual({ error: expect.any(String) })
    })
  })

  describe('of MSG91', () => {
    const sentReports = () => {
      const data = new URLSearchParams(receiver.posts[0]?.body).get('data')
      return JSON.parse(data ?? '[]') as { report: Record<string, string>[] }[]
    }
    const listen = (version: string) =>
      simulator.control('/webhooks', { msg91: { url: `${receiver.url}/secret`, version } })
    const keysOf = (value: unknown) => Object.keys(value as object).sort()

    it('are a form with JSON text in version 2, with the documented fields', async () => {
      await listen('v2')
      await simulator.control('/clock', { now: '2026-11-20T04:36:20Z', isTicking: false })
      const id = await sendFlow()
      await simulator.control('/deliver', { provider: 'msg91', id, status: 'delivered' })
      const { request } = readFixture('msg91.dlr.webhook.v2')
      const [shown] = JSON.parse(
        new URLSearchParams(request?.rawBody).get('data') ?? '',
      ) as ReturnType<typeof sentReports>
      expect(keysOf(sentReports()[0])).toEqual(keysOf(shown))
      expect(keysOf(sentReports()[0]?.report[0])).toEqual(keysOf(shown?.report[0]))
      expect(sentReports()).toMatchObject([
        {
          requestId: id,
          report: [
            {
              number: '919800000001',
              status: '1',
              desc: 'DELIVERED',
              date: '2026-11-20 10:06:20',
              CRQID: 'ntf_1',
            },
          ],
        },
      ])
    })

    it('are flat JSON in version 3, with the documented fields', async () => {
      await listen('v3')
      const id = await sendFlow()
      await simulator.control('/deliver', { provider: 'msg91', id, status: 'delivered' })
      const flat = JSON.parse(receiver.posts[0]?.body ?? '{}') as object
      expect(keysOf(flat)).toEqual(keysOf(readFixture('msg91.dlr.webhook.v3').request?.body))
      expect(flat).toMatchObject({ requestId: id, number: '919800000001', status: '1' })
    })

    it.each(['v4', 'new'])('are JSON in the form %s, with the documented fields', async (form) => {
      await listen(form)
      const id = await sendFlow()
      await simulator.control('/deliver', { provider: 'msg91', id, status: 'delivered' })
      const sent = JSON.parse(receiver.posts[0]?.body ?? 'null') as unknown
      const documented = readFixture(`msg91.dlr.webhook.${form}`).request?.body
      const [one, other] = [sent, documented].map((body) => [body].flat()[0])
      expect(keysOf(one)).toEqual(keysOf(other))
      expect(JSON.stringify(sent)).toContain('ntf_1')
    })

    it.each([
      [{ status: 'failed' }, { status: '2', desc: 'FAILED' }],
      [{ status: 'bounced' }, { status: '16', desc: 'REJECTED' }],
      [{ status: 'opted-out' }, { status: '9', desc: 'NDNC' }],
      [
        { status: 'failed', code: '17' },
        { status: '17', desc: 'BLOCKED' },
      ],
    ])('%j becomes %j', async (wanted, fields) => {
      await listen('v2')
      await simulator.control('/deliver', { provider: 'msg91', id: await sendFlow(), ...wanted })
      expect(sentReports()[0]?.report).toMatchObject([fields])
    })

    it('are repeated on request', async () => {
      await listen('v2')
      const wanted = { provider: 'msg91', id: await sendFlow(), status: 'delivered', duplicates: 2 }
      await simulator.control('/deliver', wanted)
      expect(sentReports()).toHaveLength(3)
    })
  })

  it('are listed with the status of each response', async () => {
    await simulator.control('/webhooks', { msg91: { url: receiver.url } })
    receiver.answers.push(500)
    const id = await sendFlow()
    const answer = await simulator.control('/deliver', {
      provider: 'msg91',
      id,
      status: 'delivered',
    })
    expect(answer).toMatchObject({ posts: [{ provider: 'msg91', status: 500 }] })
    expect(await simulator.control('/reports')).toMatchObject({ reports: [{ status: 500 }] })
  })

  it('are refused for an unknown message', async () => {
    const wanted = { provider: 'msg91', id: 'none', status: 'delivered' }
    expect(await simulator.control('/deliver', wanted)).toEqual({ error: expect.any(String) })
  })
})

const NO_POST = { url: '', body: '', headers: {} }
