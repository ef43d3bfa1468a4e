import { randomUUID } from 'node:crypto'

import { createLocalReq } from 'payload'

import { inTransaction } from '../../database/inTransaction.ts'
import type { Channels } from '../channels/openChannels.ts'
import { commissionEarned } from '../templates/commissionEarned.ts'
import { otp } from '../templates/otp.ts'
import type { Channel, EmailMessage, Lane, Outcome, SmsMessage } from '../types.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { deliver } from './deliver.ts'
import { queueNotifications } from './queueNotifications.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())
beforeEach(() => product.sql('delete from notifications; delete from suppressions'))

const ACCEPTED: Outcome = { kind: 'accepted', providerMessageId: 'theirs' }
const BACKS_OFF: Outcome = { kind: 'retry', code: 'busy', detail: 'later', afterMs: 600_000 }

type Send<Message extends EmailMessage | SmsMessage> = Channel<Message>['send']
/** A provider with a name of its own, because rate limits are kept by name. */
const createChannel = <Message extends EmailMessage | SmsMessage>(
  kind: Message['kind'],
  answer: (message: Message, options: Parameters<Send<Message>>[1]) => Promise<Outcome> | Outcome,
  maxPerSecond = 1_000,
) => {
  const sent: { message: Message; at: number }[] = []
  const channel: Channel<Message> = {
    name: `scripted-${randomUUID()}`,
    kind,
    maxPerSecond,
    send: async (message, options) => {
      sent.push({ message, at: performance.now() })
      return answer(message, options)
    },
  }
  return { channel, sent }
}
const email = (answer: Parameters<typeof createChannel<EmailMessage>>[1], maxPerSecond?: number) =>
  createChannel<EmailMessage>('email', answer, maxPerSecond)
const sms = (answer: Parameters<typeof createChannel<SmsMessage>>[1], maxPerSecond?: number) =>
  createChannel<SmsMessage>('sms', answer, maxPerSecond)

const deliverBy = (
  channels: Partial<Channels>,
  lanes: Lane[] = ['otp'],
  signal = new AbortController().signal,
) =>
  deliver({
    payload: product.payload,
    channels: { email: [], sms: [], ...channels },
    lanes,
    settings: {
      leaseMs: 60_000,
      otpLeaseMs: 60_000,
      retryMs: 30_000,
      otpRetryMs: 2_000,
      unknownMs: 600_000,
      concurrency: 25,
    },
    signal,
    wording: { brand: 'Shop', timeZone: 'Asia/Kolkata', link: (path) => `https://a.test${path}` },
  })

type To = { email?: string; sms?: string }
const queue = async (...all: { template: 'code' | 'money'; to: To }[]) => {
  const req = await createLocalReq({}, product.payload)
  const notices = all.map(({ template, to }) => ({
    key: `test:${randomUUID()}`,
    ...(template === 'code'
      ? { template: otp, data: { code: '918273' } }
      : {
          template: commissionEarned,
          data: { amountMinor: 1_000, balanceMinor: 1_000, currency: 'INR' },
        }),
    to,
  }))
  await inTransaction(req, () => queueNotifications(req, notices, new Date()))
}
const MAIL: To = { email: 'someone@deliver.test' }
const PHONE: To = { sms: '+919845066620' }
const codes = (count: number, to: To) =>
  Array.from({ length: count }, () => ({ template: 'code' as const, to }))
const moneys = (count: number, to: To) =>
  Array.from({ length: count }, () => ({ template: 'money' as const, to }))
const rows = () =>
  product.sql<Record<string, unknown>>(
    `select *, status::text, channel::text, attempt_count::int as tried,
      extract(epoch from next_attempt_at - updated_at)::float8 as wait
      from notifications order by created_at, id`,
  )

describe('a worker that must stop', () => {
  it('finishes started requests, and returns the other rows unchanged', async () => {
    const stopping = new AbortController()
    const { channel, sent } = email((_message, { signal }) => {
      stopping.abort()
      return signal.aborted ? { kind: 'unknown', code: 'stopped', detail: '' } : ACCEPTED
    }, 1)
    await queue(...moneys(3, MAIL))
    await deliverBy({ email: [channel] }, ['money'], stopping.signal)
    expect(sent).toHaveLength(1)
    expect((await rows()).map(({ lease_token, status, tried }) => [status, tried, lease_token]))
      .toEqual(expect.arrayContaining([['sent', 1, null], ['pending', 0, null], ['pending', 0, null]])) // prettier-ignore
  })
})

describe('a provider that requires a back-off', () => {
  it('delays no message of another channel', async () => {
    const [mail, phone] = [email(() => BACKS_OFF), sms(() => ACCEPTED)]
    const channels = { email: [mail.channel], sms: [phone.channel] }
    await queue(...codes(1, MAIL))
    await deliverBy(channels)
    await queue(...codes(1, MAIL), ...codes(1, PHONE))
    await deliverBy(channels)
    expect([mail.sent.length, phone.sent.length]).toEqual([1, 1])
    const waiting = (await rows()).filter(({ tried }) => tried === 0)
    expect(waiting).toMatchObject([
      { status: 'pending', lease_token: null, reason: 'provider-backs-off' },
    ])
    expect(waiting[0]?.wait).toBeGreaterThan(500)
  })

  it('gets no request while the next one sends its messages', async () => {
    const [one, other] = [sms(() => BACKS_OFF), sms(() => ACCEPTED)]
    await queue(...codes(1, PHONE))
    await deliverBy({ sms: [one.channel, other.channel] })
    await queue(...codes(2, PHONE))
    await deliverBy({ sms: [one.channel, other.channel] })
    expect([one.sent.length, other.sent.length]).toEqual([1, 3])
  })
})

describe('a provider’s limit', () => {
  it('applies however many messages a worker claims at once', async () => {
    const { channel, sent } = sms(() => ACCEPTED, 5)
    await queue(...moneys(15, PHONE))
    await deliverBy({ sms: [channel] }, ['money'])
    expect(sent).toHaveLength(15)
    const starts = sent.map(({ at }) => at)
    expect((starts.at(-1) ?? 0) - (starts[0] ?? 0)).toBeGreaterThan(1_000)
  })

  it('leaves capacity for one-time codes while hundreds of other messages wait', async () => {
    const { channel, sent } = sms(() => ACCEPTED, 10)
    const stopping = new AbortController()
    await queue(...moneys(200, PHONE))
    const pumps = Array.from({ length: 8 }, () =>
      deliverBy({ sms: [channel] }, ['money'], stopping.signal),
    )
    for (let code = 0; code < 3; code += 1) {
      await queue(...codes(1, PHONE))
      await deliverBy({ sms: [channel] })
    }
    stopping.abort()
    await Promise.all(pumps)
    expect(sent.filter(({ message }) => message.template === 'otp')).toHaveLength(3)
    expect(sent.length).toBeLessThan(80)
  })
})

it('an expired code is not sent', async () => {
  const { channel, sent } = sms(() => ACCEPTED)
  await queue(...codes(2, PHONE))
  await product.sql(`update notifications set created_at = now() - interval '601 s'
    where id = (select min(id::text)::uuid from notifications)`)
  await deliverBy({ sms: [channel] })
  expect(sent).toHaveLength(1)
  expect(await rows()).toMatchObject([
    { status: 'suppressed', reason: 'expired', secret: null, tried: 0 },
    { status: 'sent' },
  ])
})

it.each(['\0', '\ud83d'])(
  'a response with %j does not prevent the recording of its row or of others',
  async (odd) => {
    const { channel } = email(({ to }) =>
      to.startsWith('odd') ? { kind: 'permanent', code: 'no', detail: `a${odd}b` } : ACCEPTED,
    )
    await queue(...codes(1, { email: 'odd@deliver.test' }), ...codes(2, MAIL))
    await deliverBy({ email: [channel] })
    expect((await rows()).map(({ status }) => status).sort()).toEqual(['dead', 'sent', 'sent'])
  },
)
