import twilio from 'twilio'

import { readFixture } from '../fixtures/readFixture.ts'
import { buildCallbackUrl, parseTwilio, verifyTwilio } from './twilio.ts'

const { request } = readFixture('twilio/status_callback.signed')
const publicUrl = 'https://example-cashback.test'
const recorded = {
  authToken: 'fixture-auth-token',
  publicUrl,
  path: request.url.slice(publicUrl.length),
  rawBody: Buffer.from(new URLSearchParams(request.form).toString()),
  signature: request.headers['x-twilio-signature'],
}
const receivedAt = new Date('2026-11-20T10:00:00Z')

describe('verifyTwilio', () => {
  it('accepts a signature of Twilio', () => {
    expect(verifyTwilio(recorded)).toBe('genuine')
  })

  const sign = (url: string, form: Record<string, string | string[]> = request.form) =>
    twilio.getExpectedTwilioSignature(recorded.authToken, url, form)

  it.each([
    ['https://a.example.test', 'https://a.example.test/webhooks/twilio?n=1'],
    ['https://a.example.test/', 'https://a.example.test/webhooks/twilio?n=1'],
    ['https://a.example.test', 'https://a.example.test:443/webhooks/twilio?n=1'],
    ['https://a.example.test:8443', 'https://a.example.test:8443/webhooks/twilio?n=1'],
    ['https://a.example.test:8443', 'https://a.example.test/webhooks/twilio?n=1'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000/webhooks/twilio?n=1'],
    ['https://a.example.test/below', 'https://a.example.test/below/webhooks/twilio?n=1'],
  ])('accepts at %s a signature of Twilio’s library for %s', (base, signed) => {
    const own = { publicUrl: base, path: '/webhooks/twilio?n=1', signature: sign(signed) }
    expect(verifyTwilio({ ...recorded, ...own })).toBe('genuine')
  })

  it('accepts repeated and unusual fields as Twilio’s library signs them', () => {
    const form = { b: ['2', '1', '2'], B: 'é +&=', a: '', MessageSid: 'SM1' }
    const body = new URLSearchParams([
      ['b', '2'],
      ['b', '1'],
      ['b', '2'],
      ['B', 'é +&='],
      ['a', ''],
      ['MessageSid', 'SM1'],
    ])
    const signature = sign(request.url, form)
    const rawBody = Buffer.from(body.toString())
    expect(verifyTwilio({ ...recorded, rawBody, signature })).toBe('genuine')
  })

  it('accepts a report to the address that was sent with the message', () => {
    const url = buildCallbackUrl({ publicUrl, notificationId: 'a b/ü' })
    const path = url.slice(publicUrl.length)
    expect(verifyTwilio({ ...recorded, path, signature: sign(url) })).toBe('genuine')
    expect(parseTwilio({ ...recorded, path, receivedAt })[0]?.notificationId).toBe('a b/ü')
  })

  it.each([
    ['another message', { path: '/webhooks/twilio?n=ntf_01JD41' }],
    ['another host', { publicUrl: 'https://another.test' }],
    ['another protocol', { publicUrl: 'http://example-cashback.test' }],
    ['another key', { authToken: 'another' }],
    ['another signature', { signature: 'YON1lKTb8cgXQykfDP3rFytif/1=' }],
    ['half a signature', { signature: 'YON1lKTb8cg' }],
    [
      'a changed byte',
      { rawBody: Buffer.from(recorded.rawBody.toString().replace('30003', '30004')) },
    ],
    ['one more field', { rawBody: Buffer.from(`${recorded.rawBody.toString()}&x=1`) }],
  ])('refuses %s', (_case, over) => {
    expect(verifyTwilio({ ...recorded, ...over })).toBe('forged')
  })

  it.each([undefined, ''])('returns unsigned for the signature %j', (signature) => {
    expect(verifyTwilio({ ...recorded, signature })).toBe('unsigned')
  })
})

describe('parseTwilio', () => {
  it('parses one report with our id and with Twilio’s', () => {
    expect(parseTwilio({ ...recorded, receivedAt })).toEqual([
      {
        provider: 'twilio',
        eventId: 'SM00000000000000000000000000000001:undelivered',
        notificationId: 'ntf_01JD40',
        providerMessageId: 'SM00000000000000000000000000000001',
        status: 'failed',
        suppress: null,
        code: '30003',
        detail: null,
        at: '2026-11-20T10:00:00.000Z',
      },
    ])
  })

  const parse = (form: Record<string, string>) =>
    parseTwilio({
      ...recorded,
      receivedAt,
      rawBody: Buffer.from(new URLSearchParams({ MessageSid: 'SM1', ...form }).toString()),
    })

  it.each([
    ['queued', 'sent'],
    ['accepted', 'sent'],
    ['sending', 'sent'],
    ['sent', 'sent'],
    ['scheduled', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'delivered'],
    ['undelivered', 'failed'],
    ['failed', 'failed'],
    ['canceled', 'failed'],
    ['something-new', 'sent'],
  ])('maps the status %s to %s', (MessageStatus, status) => {
    expect(parse({ MessageStatus })).toMatchObject([
      { eventId: `SM1:${MessageStatus}`, status, suppress: null, code: MessageStatus },
    ])
  })

  it.each([
    ['21610', 'failed', 'opt-out'],
    ['30003', 'failed', null],
    ['30005', 'bounced', 'bounce'],
    ['30006', 'bounced', 'bounce'],
    ['30007', 'failed', null],
  ])('maps the error %s to %s and the suppression %s', (ErrorCode, status, suppress) => {
    expect(parse({ MessageStatus: 'undelivered', ErrorCode })).toMatchObject([
      { status, suppress, code: ErrorCode },
    ])
  })

  it('parses a report without our id', () => {
    const path = '/webhooks/twilio'
    expect(parseTwilio({ ...recorded, path, receivedAt })[0]?.notificationId).toBeNull()
  })

  it.each(['', 'MessageSid=SM1', 'MessageStatus=sent', '{"MessageSid":"SM1"}'])(
    'refuses %j',
    (body) => {
      const rawBody = Buffer.from(body)
      expect(() => parseTwilio({ ...recorded, rawBody, receivedAt })).toThrow(
        'This is not a delivery report',
      )
    },
  )
})
