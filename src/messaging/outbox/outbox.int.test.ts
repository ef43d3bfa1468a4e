import { randomUUID } from 'node:crypto'

import type { PostgresAdapter } from '@payloadcms/db-postgres'
import { createLocalReq } from 'payload'

import { inTransaction } from '../../database/inTransaction.ts'
import { readDb } from '../../database/readDb.ts'
import type { Channels } from '../channels/openChannels.ts'
import { commissionEarned } from '../templates/commissionEarned.ts'
import { otp } from '../templates/otp.ts'
import type { Channel, EmailMessage, Outcome, SmsMessage } from '../types.ts'
import { createPayment, createReferral, createUser } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { beginAttempts, claimRows, completeAttempts, LIVENESS_LOCK, reapRows } from './claim.ts'
import { deliver } from './deliver.ts'
import { type Notice, queueNotifications } from './queueNotifications.ts'
import type { OutboxSettings } from './types.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())
beforeEach(() => product.sql('delete from notifications'))

const SETTINGS: OutboxSettings = {
  leaseMs: 60_000,
  otpLeaseMs: 60_000,
  retryMs: 30_000,
  otpRetryMs: 2_000,
  unknownMs: 600_000,
  concurrency: 10,
}
const ACCEPTED: Outcome = { kind: 'accepted', providerMessageId: 'theirs' }

/** A provider with scripted outcomes that remembers its messages. */
const createChannel = <Message extends EmailMessage | SmsMessage>(
  kind: Message['kind'],
  outcomes: Outcome[],
  name = 'scripted',
) => {
  const sent: Message[] = []
  const send = (message: Message) => {
    sent.push(message)
    return Promise.resolve(outcomes[Math.min(sent.length, outcomes.length) - 1] ?? ACCEPTED)
  }
  const channel = { name, kind, maxPerSecond: 1_000, send } as Channel<Message>
  return { channel, sent }
}

const deliverBy = (channels: Partial<Channels>, lanes: ('bulk' | 'money' | 'otp')[] = ['money']) =>
  deliver({
    payload: product.payload,
    channels: { email: [], sms: [], ...channels },
    lanes,
    settings: SETTINGS,
    signal: new AbortController().signal,
    wording: {
      brand: 'Shop',
      timeZone: 'Asia/Kolkata',
      link: (path) => `https://shop.test${path}`,
    },
  })

const queue = async (...notices: Notice[]) => {
  const req = await createLocalReq({}, product.payload)
  await inTransaction(req, () => queueNotifications(req, notices, new Date()))
}
const EARNED = { name: 'Asha', amountMinor: 1_000, balanceMinor: 1_000, currency: 'INR' }
const earned = (user: string): Notice => ({
  key: `test:${randomUUID()}`,
  template: commissionEarned,
  data: EARNED,
  user,
})
const buildCode = (email = 'someone@codes.test'): Notice => ({
  key: `test:${randomUUID()}`,
  template: otp,
  data: { code: '918273' },
  to: { email },
})
type Row = Record<string, unknown>
const rows = () => product.sql<Row>('select *, status::text from notifications order by created_at')
const makeDue = () =>
  product.sql(`update notifications set next_attempt_at = now() - interval '1 s'`)

describe('a notification', () => {
  it('is queued with its cause: a rolled-back payment queues none', async () => {
    const { buyer } = await createReferral(product.payload)
    const payment = { reference: randomUUID(), user: buyer.id, amountMinor: 10_000 }
    const req = await createLocalReq({}, product.payload)
    await expect(
      inTransaction(req, async () => {
        await product.payload.create({
          collection: 'payments',
          data: { ...payment, currency: 'INR', status: 'completed' },
          req,
        })
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    expect(
      await product.sql(`select 1 from notifications where template = 'commission-earned'`),
    ).toEqual([])
  })

  it('is queued once for a committed payment, to the referrer', async () => {
    const { affiliate, buyer } = await createReferral(product.payload)
    await createPayment(product.payload, {
      user: buyer.id,
      amountMinor: 10_000,
      status: 'completed',
    })
    const queued = await product.sql<Row>(
      `select user_id, channel::text, data from notifications where template = 'commission-earned'`,
    )
    expect(queued).toEqual([
      {
        user_id: affiliate.id,
        channel: 'email',
        data: expect.objectContaining({ amountMinor: 1_000, balanceMinor: 1_000 }),
      },
    ])
  })

  it('goes by SMS to a confirmed number only', async () => {
    const { payload, sql } = product
    const [sure, unsure] = [
      await createUser(payload, { phone: '+919845066601' }),
      await createUser(payload, { phone: '+919845066602' }),
    ]
    await sql(`update users set phone_verified_at = now() where id = '${sure.id}'`)
    await sql('delete from notifications')
    await queue(earned(sure.id), earned(unsure.id))
    expect(await sql(`select "to" from notifications where channel = 'sms'`)).toEqual([
      { to: '+919845066601' },
    ])
  })

  it('is stored as suppressed when the member switched it off, but never a code', async () => {
    const { id, email } = await createUser(product.payload)
    await product.sql(`delete from notifications`)
    for (const category of ['commissions', 'security']) {
      await product.sql(`insert into notification_preferences (id, user_id, category, channel, is_on)
        values (time_ordered_uuid(), '${id}', '${category}', 'email', false)`)
    }
    await queue(earned(id), { ...buildCode(email), user: id })
    expect(
      (await rows()).map(({ reason, status, template }) => [template, status, reason]),
    ).toEqual([
      ['commission-earned', 'suppressed', 'preference'],
      ['otp', 'pending', null],
    ])
  })

  it('contains no secret in plain text, and none once it is sent', async () => {
    await queue(buildCode())
    const [row] = await rows()
    expect(JSON.stringify(row)).not.toContain('918273')
    const { channel, sent } = createChannel<EmailMessage>('email', [ACCEPTED])
    await deliverBy({ email: [channel] }, ['otp'])
    expect(sent[0]?.text).toContain('918273')
    expect((await rows())[0]).toMatchObject({
      status: 'sent',
      secret: null,
      provider_message_id: 'theirs',
    })
  })
})

describe('an attempt', () => {
  const RETRY: Outcome = { kind: 'retry', code: 'busy', detail: 'later' }
  const NEVER: Outcome = { kind: 'permanent', code: 'bad-address', detail: 'no' }
  const LOST: Outcome = { kind: 'unknown', code: 'timeout', detail: 'gone' }

  it('that fails is made three times with growing waits, then is a dead letter with its reason', async () => {
    await queue(earned((await createUser(product.payload)).id))
    const { channel, sent } = createChannel<EmailMessage>('email', [RETRY])
    const waits: number[] = []
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await deliverBy({ email: [channel] })
      const [row] = await product.sql<{ wait: number }>(
        `select extract(epoch from next_attempt_at - updated_at)::float8 as wait from notifications
          where template = 'commission-earned'`,
      )
      waits.push(row?.wait ?? 0)
      await makeDue()
    }
    await deliverBy({ email: [channel] })
    expect(sent).toHaveLength(3)
    expect(waits[0]).toBeGreaterThanOrEqual(24)
    expect(waits[0]).toBeLessThanOrEqual(36)
    expect(waits[1]).toBeGreaterThanOrEqual(48)
    expect(waits[1]).toBeLessThanOrEqual(72)
    const [row] = await product.sql<Row>(
      `select *, status::text from notifications where template = 'commission-earned'`,
    )
    expect(row).toMatchObject({ status: 'dead', reason: 'attempts-used-up: busy' })
    expect(row?.attempts).toHaveLength(3)
  })

  it('with a permanent failure is not repeated', async () => {
    await queue(buildCode())
    const { channel, sent } = createChannel<EmailMessage>('email', [NEVER])
    await deliverBy({ email: [channel] }, ['otp'])
    await deliverBy({ email: [channel] }, ['otp'])
    expect(sent).toHaveLength(1)
    expect((await rows())[0]).toMatchObject({ status: 'dead', reason: 'bad-address', secret: null })
  })

  it.each([
    [RETRY, 1],
    [NEVER, 1],
    [LOST, 0],
    [ACCEPTED, 0],
  ])(
    'goes to the next provider only when the first certainly did not accept: %j',
    async (first, times) => {
      await queue(buildCode())
      const [one, other] = [
        createChannel<EmailMessage>('email', [first], 'one'),
        createChannel<EmailMessage>('email', [ACCEPTED], 'other'),
      ]
      await deliverBy({ email: [one.channel, other.channel] }, ['otp'])
      expect(other.sent).toHaveLength(times)
    },
  )

  it('with an unknown outcome waits, is repeated once as possible duplicate, then is dead', async () => {
    await queue(earned((await createUser(product.payload)).id))
    await product.sql(`delete from notifications where template <> 'commission-earned'`)
    const db = await readDb(product)
    const { channel, sent } = createChannel<EmailMessage>('email', [LOST])
    const states: unknown[] = []
    for (let round = 0; round < 4; round += 1) {
      await deliverBy({ email: [channel] })
      await makeDue()
      await reapRows(db, { now: new Date(), unknownMs: SETTINGS.unknownMs })
      const [row] = await rows()
      states.push([row?.status, row?.is_possible_duplicate])
    }
    expect(sent).toHaveLength(2)
    expect(states.at(-1)).toEqual(['dead', true])
  })

  it('of a code with an unknown outcome is never repeated', async () => {
    await queue(buildCode())
    const db = await readDb(product)
    const { channel, sent } = createChannel<EmailMessage>('email', [LOST])
    await deliverBy({ email: [channel] }, ['otp'])
    await makeDue()
    await reapRows(db, { now: new Date(), unknownMs: 1 })
    await deliverBy({ email: [channel] }, ['otp'])
    expect(sent).toHaveLength(1)
    expect((await rows())[0]).toMatchObject({
      status: 'dead',
      reason: 'outcome-unknown',
      secret: null,
    })
  })

  it('is not made to an address that opted out, except with a code', async () => {
    const user = await createUser(product.payload)
    await product.sql(`delete from notifications`)
    await product.sql(`insert into suppressions (id, channel, address, reason)
      values (time_ordered_uuid(), 'email', '${user.email}', 'opt-out')`)
    await queue(earned(user.id), buildCode(user.email))
    const { channel, sent } = createChannel<EmailMessage>('email', [ACCEPTED])
    await deliverBy({ email: [channel] }, ['otp'])
    await deliverBy({ email: [channel] }, ['money'])
    expect(sent.map(({ template }) => template)).toEqual(['otp'])
  })
})

describe('a lease', () => {
  const claimOne = async (token: string, leaseMs = 60_000) => {
    const db = await readDb(product)
    return claimRows(db, { lanes: ['otp'], leaseMs, limit: 5, now: new Date(), token })
  }
  const sent = (id: string) => ({
    id,
    status: 'sent' as const,
    attempts: [],
    provider: 'scripted',
    providerMessageId: 'theirs',
    nextAttemptAt: null,
    reason: null,
  })

  it('belongs to one worker: concurrent workers claim each row once', async () => {
    await queue(...Array.from({ length: 20 }, () => buildCode()))
    const claims = await Promise.all(Array.from({ length: 8 }, () => claimOne(randomUUID())))
    const ids = claims.flat().map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toHaveLength(20)
  })

  it('that ended allows its worker neither to send nor to complete', async () => {
    await queue(buildCode())
    const db = await readDb(product)
    const [row] = await claimOne('first', 1)
    const id = row?.id ?? ''
    await product.sql(`update notifications set lease_until = now() - interval '1 s'`)
    expect(await beginAttempts(db, { ids: [id], leaseMs: 1_000, token: 'first' })).toEqual(
      new Set(),
    )
    await reapRows(db, { now: new Date(), unknownMs: 1_000 })
    expect(await claimOne('second')).toHaveLength(1)
    expect(
      await completeAttempts(db, { completions: [sent(id)], now: new Date(), token: 'first' }),
    ).toBe(0)
    expect(
      await completeAttempts(db, { completions: [sent(id)], now: new Date(), token: 'second' }),
    ).toBe(1)
  })

  it('that ended before the request returns its row to the queue; a later end makes it unknown', async () => {
    await queue(buildCode(), buildCode())
    const db = await readDb(product)
    const [first] = await claimOne('gone')
    await beginAttempts(db, { ids: [first?.id ?? ''], leaseMs: 1_000, token: 'gone' })
    await product.sql(`update notifications set lease_until = now() - interval '1 s'`)
    expect(await reapRows(db, { now: new Date(), unknownMs: 1_000 })).toMatchObject({
      released: 1,
      unknown: 1,
    })
  })

  it('of a killed worker returns its row at once, unless it was being sent; a living worker keeps it', async () => {
    const db = await readDb(product)
    const life = await (product.payload.db as unknown as PostgresAdapter).pool.connect()
    await life.query('select pg_advisory_lock($1, 7)', [LIVENESS_LOCK])
    await queue(...Array.from({ length: 4 }, () => buildCode()))
    const claimAs = async (token: string) =>
      (
        await claimRows(db, { lanes: ['otp'], leaseMs: 60_000, limit: 1, now: new Date(), token })
      )[0]?.id
    await claimAs('7:alive')
    await claimAs('no worker')
    await claimAs('8:killed')
    const sending = (await claimAs('8:killed while sending')) ?? ''
    await beginAttempts(db, { ids: [sending], leaseMs: 60_000, token: '8:killed while sending' })

    const again = { now: new Date(), unknownMs: 1_000 }
    expect(await reapRows(db, again)).toMatchObject({ released: 1, unknown: 0 })
    await life.query('select pg_advisory_unlock($1, 7)', [LIVENESS_LOCK])
    life.release()
    expect(await reapRows(db, again)).toMatchObject({ released: 1, unknown: 0 })
    expect(
      await product.sql(
        `select lease_token from notifications where status = 'sending' order by lease_token`,
      ),
    ).toEqual([{ lease_token: '8:killed while sending' }, { lease_token: 'no worker' }])
  })
})

it('a paused lane sends nothing until it is resumed', async () => {
  await queue(buildCode())
  const { channel, sent } = createChannel<EmailMessage>('email', [ACCEPTED])
  await product.payload.updateGlobal({ slug: 'messaging-config', data: { otpPaused: true } })
  await deliverBy({ email: [channel] }, ['otp'])
  expect(sent).toHaveLength(0)
  await product.payload.updateGlobal({ slug: 'messaging-config', data: { otpPaused: false } })
  await deliverBy({ email: [channel] }, ['otp'])
  expect(sent).toHaveLength(1)
})
