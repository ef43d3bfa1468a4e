import type { FaultName } from '../../simulator/types.ts'
import { startSimulator } from '../../simulator/startSimulator.ts'
import { readFixture } from '../fixtures/readFixture.ts'
import type { SmsMessage } from '../types.ts'
import { testChannelContract } from '../../../test/support/testChannelContract.ts'
import { listen } from '../../../test/support/listen.ts'
import { msg91 } from './msg91.ts'

const message: SmsMessage = {
  kind: 'sms',
  id: 'ntf_01JD40',
  to: '+919800000001',
  text: 'Your OTP is 123456.',
  template: 'otp',
  locale: 'hi',
  variables: { otp: '123456', Brand: 'Example' },
}
const account = { authKey: 'test-key', templates: { otp: { en: 'flow-en', hi: 'flow-hi' } } }

testChannelContract<SmsMessage, FaultName>({
  channelAt: (at) => msg91({ ...account, ...at }),
  message,
  to: '919800000001',
  startSimulator,
  faults: {
    'rate-limited': { kind: 'retry', code: 'http-429' },
    'rate-limited-with-retry-after': { kind: 'retry', code: 'http-429', afterMs: 7_000 },
    // A gateway's 502: the server behind it may have accepted the message.
    'server-error': { kind: 'unknown', code: 'http-502' },
    slow: { kind: 'unknown', code: 'timeout' },
    'reset-after-accept': { kind: 'unknown' },
    truncated: { kind: 'unknown' },
    unauthorized: { kind: 'permanent', code: 'ip-not-whitelisted' },
    'bad-recipient': { kind: 'permanent', code: 'bad-recipient' },
    // MSG91 accepts it, and later reports that it was not delivered.
    'opted-out': { kind: 'accepted' },
    'wrong-template': { kind: 'permanent', code: 'wrong-template' },
    'error-in-200': { kind: 'permanent', code: 'wrong-template' },
  },
  statuses: {
    302: 'permanent',
    401: 'permanent',
    403: 'permanent',
    404: 'permanent',
    408: 'unknown',
    418: 'permanent',
    429: 'retry',
    500: 'unknown',
    502: 'unknown',
    503: 'retry',
    504: 'unknown',
  },
})

describe('msg91', () => {
  const never = new AbortController().signal
  let server: Awaited<ReturnType<typeof listen>>
  let answer: { status: number; body: string }

  beforeAll(async () => {
    server = await listen((response) => {
      response.writeHead(answer.status).end(answer.body)
    })
  })
  beforeEach(() => {
    answer = { status: 200, body: '{"type":"success","message":"request-1"}' }
    server.received.length = 0
  })
  afterAll(() => server.close())

  const send = (over: Partial<SmsMessage> = {}, settings: Parameters<typeof msg91>[0] = account) =>
    msg91({ ...settings, baseUrl: server.url }).send({ ...message, ...over }, { signal: never })
  const sentBody = () => JSON.parse(server.received[0]?.body ?? '') as Record<string, unknown>

  it('sends the id of a registered text and its variables, never the text', async () => {
    await send({}, { ...account, senderId: 'EXCBCK' })
    expect(server.received[0]).toMatchObject({
      path: '/api/v5/flow',
      headers: { authkey: 'test-key', 'content-type': 'application/json' },
    })
    expect(sentBody()).toEqual({
      template_id: 'flow-hi',
      sender: 'EXCBCK',
      short_url: '0',
      realTimeResponse: '1',
      recipients: [{ otp: '123456', Brand: 'Example', CRQID: message.id, mobiles: '919800000001' }],
    })
  })

  it.each([
    ['its own language', { otp: { en: 'en', hi: 'hi' } }, 'hi'],
    ['English, where its language has no text', { otp: { en: 'en' } }, 'en'],
    ['the fallback, where the event has no text', { welcome: { hi: 'other' } }, 'fallback'],
  ])('uses the text id of %s', async (_case, templates, id) => {
    await send({}, { authKey: 'key', templates, templateId: 'fallback' })
    expect(sentBody()).toMatchObject({ template_id: id })
  })

  it('makes no request when no text is registered', async () => {
    const outcome = await send({ template: 'welcome' })
    expect(outcome).toMatchObject({ kind: 'permanent', code: 'no-template' })
    expect(server.received).toEqual([])
  })

  it('lets no variable change the recipient', async () => {
    await send({ variables: { mobiles: '919999999999', CRQID: 'another' } })
    expect(sentBody()).toMatchObject({
      recipients: [{ mobiles: '919800000001', CRQID: message.id }],
    })
  })

  it.each([
    ['flow.200.success', { kind: 'accepted', providerMessageId: '5e1e93cad6fc054d8e759a5b' }],
    ['flow.200.error', { kind: 'permanent', code: 'wrong-template' }],
    ['flow.401', { kind: 'permanent', code: 'ip-not-whitelisted' }],
  ])('classifies the response %s', async (name, outcome) => {
    const { response } = readFixture(`msg91/${name}`)
    answer = { status: response.status, body: JSON.stringify(response.body) }
    expect(await send()).toMatchObject(outcome)
  })

  it.each([
    [200, 'Invalid authkey', 'permanent', 'unauthorized'],
    [200, 'Invalid sender id', 'permanent', 'wrong-sender'],
    [200, 'user has opted out', 'permanent', 'opted-out'],
    [200, 'please try again later', 'retry', 'http-200'],
    [400, 'please try again later', 'permanent', 'http-400'],
    [500, 'Invalid mobile number', 'unknown', 'http-500'],
    [429, 'Invalid mobile number', 'retry', 'http-429'],
  ])('classifies %i with the error "%s" as %s', async (status, text, kind, code) => {
    answer = { status, body: JSON.stringify({ type: 'error', message: text }) }
    expect(await send()).toMatchObject({ kind, code })
  })

  it.each(['', '{"type":"succ', 'null', '{}', '{"type":"queued","message":"?"}', '<html></html>'])(
    'classifies a 200 with the body %j as unknown',
    async (body) => {
      answer = { status: 200, body }
      expect(await send()).toMatchObject({ kind: 'unknown', code: 'malformed-reply' })
    },
  )
})
