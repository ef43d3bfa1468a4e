import type { FaultName } from '../../simulator/types.ts'
import { startSimulator } from '../../simulator/startSimulator.ts'
import { readFixture } from '../fixtures/readFixture.ts'
import type { SmsMessage } from '../types.ts'
import { testChannelContract } from '../../../test/support/testChannelContract.ts'
import { listen } from '../../../test/support/listen.ts'
import { twilio } from './twilio.ts'

const message: SmsMessage = {
  kind: 'sms',
  id: 'ntf_01JD40',
  to: '+919800000001',
  text: 'Rs.87.46 cashback credited to your wallet from Corner & Co',
  template: 'cashback-credited',
  locale: 'en',
  variables: {},
}
const account = {
  accountSid: 'AC00000000000000000000000000000000',
  authToken: 'test-token',
  from: '+15005550006',
  publicUrl: 'https://rewards.example.test',
}

testChannelContract<SmsMessage, FaultName>({
  channelAt: (at) => twilio({ ...account, ...at }),
  message,
  to: message.to,
  startSimulator,
  faults: {
    'rate-limited': { kind: 'retry', code: '20429' },
    'rate-limited-with-retry-after': { kind: 'retry', code: '20429', afterMs: 7_000 },
    'server-error': { kind: 'retry', code: '20503' },
    slow: { kind: 'unknown', code: 'timeout' },
    'reset-after-accept': { kind: 'unknown', code: 'ECONNRESET' },
    truncated: { kind: 'unknown' },
    unauthorized: { kind: 'permanent', code: '20003' },
    'bad-recipient': { kind: 'permanent', code: '21211' },
    'opted-out': { kind: 'permanent', code: '21610', isOptOut: true },
    'wrong-template': { kind: 'permanent', code: '21655' },
    'error-in-200': null,
  },
  statuses: {
    302: 'permanent',
    403: 'permanent',
    404: 'permanent',
    408: 'unknown',
    429: 'retry',
    500: 'unknown',
    502: 'unknown',
    503: 'retry',
    504: 'unknown',
  },
})

describe('twilio', () => {
  const never = new AbortController().signal
  let server: Awaited<ReturnType<typeof listen>>
  let answer: { status: number; body: string }

  beforeAll(async () => {
    server = await listen((response) => {
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body)
    })
  })
  beforeEach(() => {
    answer = { status: 201, body: '{"sid":"SM1"}' }
    server.received.length = 0
  })
  afterAll(() => server.close())

  const send = (over: Partial<Parameters<typeof twilio>[0]> = {}) =>
    twilio({ ...account, baseUrl: `${server.url}/below/`, ...over }).send(message, {
      signal: never,
    })
  const sentBody = () => Object.fromEntries(new URLSearchParams(server.received[0]?.body))

  it('requests reports to the configured address, with our id', async () => {
    await send()
    expect(server.received[0]?.path).toBe(
      `/below/2010-04-01/Accounts/${account.accountSid}/Messages.json`,
    )
    expect(sentBody()).toEqual({
      To: message.to,
      From: account.from,
      Body: message.text,
      StatusCallback: 'https://rewards.example.test/webhooks/twilio?n=ntf_01JD40',
    })
  })

  it('uses a messaging service as sender, and requests no report without an address', async () => {
    await send({ messagingServiceSid: 'MG00000000000000000000000000000000', publicUrl: undefined })
    expect(sentBody()).toEqual({
      To: message.to,
      MessagingServiceSid: 'MG00000000000000000000000000000000',
      Body: message.text,
    })
  })

  it.each([
    [20404, 'permanent'],
    [21212, 'permanent'],
    [21408, 'permanent'],
    [21606, 'permanent'],
    [21608, 'permanent'],
    [21611, 'retry'],
    [21612, 'permanent'],
    [21614, 'permanent'],
    [21617, 'permanent'],
    [29999, 'permanent'],
  ])('classifies a refusal with the code %i as %s', async (code, kind) => {
    answer = { status: 400, body: JSON.stringify({ code, message: 'no', status: 400 }) }
    expect(await send()).toMatchObject({ kind, code: String(code), detail: 'no' })
  })

  it.each([
    ['messages.201', { kind: 'accepted', providerMessageId: 'SM00000000000000000000000000000001' }],
    ['error.20003', { kind: 'permanent', code: '20003' }],
    ['error.20429', { kind: 'retry', code: '20429' }],
    ['error.21211', { kind: 'permanent', code: '21211' }],
    ['error.21610', { kind: 'permanent', code: '21610', isOptOut: true }],
    ['error.21614', { kind: 'permanent', code: '21614' }],
  ])('classifies the response %s', async (name, outcome) => {
    const { response } = readFixture(`twilio/${name}`)
    answer = { status: response.status, body: JSON.stringify(response.body) }
    expect(await send()).toMatchObject(outcome)
  })

  it.each(['', '{"sid":', 'null', '{}', '<html></html>'])(
    'classifies a 201 with the body %j as unknown',
    async (body) => {
      answer = { status: 201, body }
      expect(await send()).toMatchObject({ kind: 'unknown', code: 'malformed-reply' })
    },
  )
})
