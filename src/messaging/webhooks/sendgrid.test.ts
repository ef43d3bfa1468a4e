import { generateKeyPairSync, sign } from 'node:crypto'

import { EventWebhook } from '@sendgrid/eventwebhook'
import fc from 'fast-check'

import { readFixture } from '../fixtures/readFixture.ts'
import { parseSendgrid, verifySendgrid } from './sendgrid.ts'

const { publicKeyBase64: publicKey, request } = readFixture('sendgrid/event_webhook.signed')
const timestamp = request.headers['x-twilio-email-event-webhook-timestamp'] ?? ''
const recorded = {
  publicKey,
  signature: request.headers['x-twilio-email-event-webhook-signature'],
  timestamp,
  rawBody: Buffer.from(request.rawBody),
  now: new Date(Number(timestamp) * 1000),
}
const later = (seconds: number) => new Date((Number(timestamp) + seconds) * 1000)

describe('verifySendgrid', () => {
  it('accepts a signature of SendGrid', () => {
    expect(verifySendgrid(recorded)).toBe('genuine')
  })

  it('accepts a signature with its own key only', () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const own = pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
    const content = Buffer.concat([Buffer.from(timestamp), recorded.rawBody])
    const signature = sign('sha256', content, pair.privateKey).toString('base64')
    expect(verifySendgrid({ ...recorded, publicKey: own, signature })).toBe('genuine')
    expect(verifySendgrid({ ...recorded, signature })).toBe('forged')
  })

  it('accepts the same as the vendor’s own verifier, and nothing else', () => {
    const vendor = new EventWebhook()
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const own = pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
    const vendorKey = vendor.convertPublicKeyToECDSA(own)
    const results = new Set<string>()
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(), fc.nat(3), (text, place, bits) => {
        const content = Buffer.from(timestamp + text)
        const signature = sign('sha256', content, pair.privateKey).toString('base64')
        const changed = Buffer.from(text)
        const at = place % changed.length
        changed[at] = (changed[at] ?? 0) ^ bits
        const isAccepted = vendor.verifySignature(vendorKey, changed, signature, timestamp)
        const ours = { ...recorded, publicKey: own, signature, rawBody: changed }
        expect(verifySendgrid(ours)).toBe(isAccepted ? 'genuine' : 'forged')
        results.add(String(isAccepted))
      }),
      { numRuns: 60 },
    )
    expect(results).toEqual(new Set(['true', 'false']))
  })

  it('refuses a body with any byte changed', () => {
    const places = [0, Math.floor(recorded.rawBody.length / 2), recorded.rawBody.length - 1]
    for (const place of places) {
      const rawBody = Buffer.from(recorded.rawBody)
      rawBody[place] = (rawBody[place] ?? 0) ^ 1
      expect(verifySendgrid({ ...recorded, rawBody })).toBe('forged')
    }
  })

  it('refuses a body that was parsed and written again', () => {
    const rawBody = Buffer.from(JSON.stringify(JSON.parse(request.rawBody)))
    expect(verifySendgrid({ ...recorded, rawBody })).toBe('forged')
  })

  it.each([
    ['genuine', 300],
    ['genuine', -300],
    ['stale', 301],
    ['stale', -301],
    ['stale', 86_400],
  ] as const)('returns %s after %i seconds', (check, seconds) => {
    expect(verifySendgrid({ ...recorded, now: later(seconds) })).toBe(check)
  })

  it('refuses a changed timestamp, so that a request cannot be replayed later', () => {
    const fresh = String(Number(timestamp) + 600)
    expect(verifySendgrid({ ...recorded, timestamp: fresh, now: later(600) })).toBe('forged')
  })

  it.each([
    ['unsigned', { signature: undefined }],
    ['unsigned', { signature: '' }],
    ['unsigned', { timestamp: undefined }],
    ['forged', { signature: 'not a signature' }],
    ['forged', { timestamp: 'now' }],
  ])('returns %s for %j', (check, over) => {
    expect(verifySendgrid({ ...recorded, ...over })).toBe(check)
  })
})

describe('parseSendgrid', () => {
  it('parses a batch, each event once', () => {
    expect(parseSendgrid(recorded)).toMatchObject([
      { eventId: 'evt-processed-1', status: 'sent', suppress: null, code: 'processed' },
      { eventId: 'evt-delivered-1', status: 'delivered', suppress: null, detail: '250 OK' },
      { eventId: 'evt-bounce-1', status: 'bounced', suppress: 'bounce', code: 'bounce' },
      { eventId: 'evt-dropped-1', status: 'failed', suppress: 'bounce', code: 'dropped' },
      { eventId: 'evt-gunsub-1', status: 'delivered', suppress: 'opt-out', notificationId: null },
    ])
  })

  it('returns our id, and the id of SendGrid’s response', () => {
    expect(parseSendgrid(recorded)[1]).toEqual({
      provider: 'sendgrid',
      eventId: 'evt-delivered-1',
      notificationId: 'ntf_01JD40',
      providerMessageId: '14c5d75ce93ExampleId',
      status: 'delivered',
      suppress: null,
      code: 'delivered',
      detail: '250 OK',
      at: '2026-11-20T18:40:09.000Z',
    })
  })

  const one = { sg_event_id: 'e', sg_message_id: 'm.f', timestamp: 1795200001 }
  const parse = (body: unknown) => parseSendgrid({ rawBody: Buffer.from(JSON.stringify(body)) })

  it.each([
    [{ event: 'deferred' }, 'sent', null, 'deferred'],
    [{ event: 'bounce', type: 'blocked' }, 'bounced', null, 'blocked'],
    [{ event: 'dropped', reason: 'Unsubscribed Address' }, 'failed', 'opt-out', 'dropped'],
    [{ event: 'dropped', reason: 'Spam Reporting Address' }, 'failed', 'complaint', 'dropped'],
    [{ event: 'dropped', reason: 'Invalid' }, 'failed', 'bounce', 'dropped'],
    [{ event: 'dropped', reason: 'Recipient List over Package Quota' }, 'failed', null, 'dropped'],
    [{ event: 'spamreport' }, 'delivered', 'complaint', 'spamreport'],
    [{ event: 'unsubscribe' }, 'delivered', 'opt-out', 'unsubscribe'],
  ])('maps %j to %s and the suppression %s', (event, status, suppress, code) => {
    expect(parse([{ ...one, ...event }])).toMatchObject([{ status, suppress, code }])
  })

  it.each(['open', 'click', 'group_resubscribe', 'something new'])(
    'omits the event %s',
    (event) => {
      expect(parse([{ ...one, event }])).toEqual([])
    },
  )

  it.each([
    ['nothing', ''],
    ['no JSON', '[{'],
    ['no list', '{}'],
    ['an event without an id', '[{"event":"delivered","timestamp":1795200001}]'],
    ['a time past all', '[{"event":"open","sg_event_id":"e","timestamp":9000000000000}]'],
    ['an event without a time', '[{"event":"delivered","sg_event_id":"e"}]'],
  ])('refuses %s', (_case, body) => {
    expect(() => parseSendgrid({ rawBody: Buffer.from(body) })).toThrow(
      'This is not a delivery report',
    )
  })
})
