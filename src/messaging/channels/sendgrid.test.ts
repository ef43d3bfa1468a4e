import shared from '@sendgrid/mail'

import type { FaultName } from '../../simulator/types.ts'
import { startSimulator } from '../../simulator/startSimulator.ts'
import { readFixture } from '../fixtures/readFixture.ts'
import type { EmailMessage } from '../types.ts'
import { testChannelContract } from '../../../test/support/testChannelContract.ts'
import { listen } from '../../../test/support/listen.ts'
import { sendgrid } from './sendgrid.ts'

const message: EmailMessage = {
  kind: 'email',
  id: 'ntf_01JD40',
  to: 'asha@example.test',
  subject: 'Rs.87.46 cashback',
  html: '<p>It is in your wallet.</p>',
  text: 'It is in your wallet.',
  template: 'cashback-credited',
}
const from = { email: 'no-reply@example.test', name: 'Example; Cashback, India' }
const apiKey = 'SG.test'

testChannelContract<EmailMessage, FaultName>({
  channelAt: (at) => sendgrid({ apiKey, from, ...at }),
  message,
  to: message.to,
  startSimulator,
  faults: {
    'rate-limited': { kind: 'retry', code: 'http-429' },
    'rate-limited-with-retry-after': {
      kind: 'retry',
      code: 'http-429',
      afterMs: expect.any(Number),
    },
    'server-error': { kind: 'retry', code: 'http-503' },
    slow: { kind: 'unknown', code: 'timeout' },
    'reset-after-accept': { kind: 'unknown', code: 'ECONNRESET' },
    truncated: { kind: 'unknown' },
    unauthorized: { kind: 'permanent', code: 'http-401' },
    'bad-recipient': { kind: 'permanent', code: 'http-400' },
    // SendGrid accepts it, and later reports that it was dropped.
    'opted-out': { kind: 'accepted' },
    'wrong-template': { kind: 'permanent', code: 'http-400' },
    'error-in-200': null,
  },
  statuses: {
    302: 'permanent',
    403: 'permanent',
    404: 'permanent',
    408: 'unknown',
    413: 'permanent',
    429: 'retry',
    500: 'unknown',
    502: 'unknown',
    503: 'retry',
    504: 'unknown',
  },
})

describe('sendgrid', () => {
  const never = new AbortController().signal
  let server: Awaited<ReturnType<typeof listen>>
  let answer: { status: number; headers: Record<string, string>; body: unknown }

  beforeAll(async () => {
    server = await listen((response) => {
      response.writeHead(answer.status, answer.headers).end(JSON.stringify(answer.body))
    })
  })
  beforeEach(() => {
    answer = { status: 202, headers: {}, body: undefined }
    server.received.length = 0
  })
  afterAll(() => server.close())

  const send = (key: string) =>
    sendgrid({ apiKey: key, from, baseUrl: `${server.url}/` }).send(message, { signal: never })
  const sentBody = () => JSON.parse(server.received[0]?.body ?? '') as Record<string, unknown>

  it('names the template, and leaves links unchanged', async () => {
    await send('SG.one')
    expect(server.received[0]?.path).toBe('/v3/mail/send')
    expect(sentBody()).toMatchObject({
      from: { email: 'no-reply@example.test', name: 'Example  Cashback  India' },
      personalizations: [{ to: [{ email: message.to }] }],
      subject: message.subject,
      content: [
        { type: 'text/plain', value: message.text },
        { type: 'text/html', value: message.html },
      ],
      categories: ['cashback-credited'],
      custom_args: { notification_id: 'ntf_01JD40' },
      tracking_settings: { click_tracking: { enable: false }, open_tracking: { enable: false } },
    })
  })

  it('sends SendGrid no data of the recipient except the address', async () => {
    await send('SG.one')
    const { personalizations, ...rest } = sentBody()
    expect(personalizations).toHaveLength(1)
    expect(JSON.stringify(rest)).not.toContain('asha')
  })

  it('uses the own key of each channel, also concurrently', async () => {
    await Promise.all(['SG.one', 'SG.two', 'SG.one', 'SG.three'].map(send))
    const keys = server.received.map(({ headers }) => headers.authorization).toSorted()
    expect(keys).toEqual(['Bearer SG.one', 'Bearer SG.one', 'Bearer SG.three', 'Bearer SG.two'])
    expect(shared).toMatchObject({ client: { auth: '' } })
  })

  it('waits until the rate limit is reset', async () => {
    const reset = String(Math.ceil(Date.now() / 1000) + 60)
    answer = { status: 429, headers: { 'x-ratelimit-reset': reset }, body: undefined }
    const { afterMs = 0 } = (await send('SG.one')) as { afterMs?: number }
    expect(afterMs).toBeGreaterThan(50_000)
    expect(afterMs).toBeLessThanOrEqual(61_000)
  })

  it.each([
    [
      'mail_send.400',
      {
        kind: 'permanent',
        code: 'http-400',
        detail: 'personalizations.0.to.0.email: The to email does not contain a valid address.',
      },
    ],
    ['mail_send.401', { kind: 'permanent', code: 'http-401' }],
    ['mail_send.429', { kind: 'retry', code: 'http-429', detail: 'too many requests' }],
  ])('classifies the response %s', async (name, outcome) => {
    answer = readFixture(`sendgrid/${name}`).response
    expect(await send('SG.one')).toMatchObject(outcome)
  })

  it('classifies the sandbox’s response as accepted', async () => {
    answer.status = 200
    expect(await send('SG.one')).toEqual({ kind: 'accepted', providerMessageId: null })
  })
})
