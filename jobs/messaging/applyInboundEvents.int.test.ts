import { randomUUID } from 'node:crypto'

import { readDb } from '../../src/database/readDb.ts'
import type { DeliveryEvent } from '../../src/messaging/types.ts'
import { reapRows } from '../../src/messaging/outbox/claim.ts'
import { storeReports } from '../../src/messaging/outbox/inboundEvents.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'
import { applyInboundEvents } from './applyInboundEvents.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
beforeEach(() =>
  product.sql('delete from notifications; delete from inbound_events; delete from suppressions'),
)
afterAll(() => product.close())

const apply = (now = new Date()) =>
  applyInboundEvents.run({
    payload: product.payload,
    now,
    data: null,
    signal: new AbortController().signal,
  })

/** Rows as the outbox leaves them, sent over SendGrid by default; values as SQL. */
const rowsWith = async (over: Record<string, string> = {}, count = 1): Promise<string[]> => {
  const columns = { channel: `'email'`, provider: `'sendgrid'`, ...over }
  const rows = await product.sql<{ id: string }>(`
    insert into notifications (id, dedupe_key, lane, status, template, category, locale, "to",
      data, attempt_count, next_attempt_at, created_at, updated_at, ${Object.keys(columns).join()})
    select time_ordered_uuid(), gen_random_uuid()::text, 'money', 'sent',
      'welcome', 'account', 'en', 'asha-' || n || '@reports.test', '{}', 1, now(), now(), now(),
      ${Object.values(columns).join()}
    from generate_series(1, ${count}) n returning id`)
  return rows.map(({ id }) => id)
}
const createNotification = async (
  status = 'sent',
  over: Record<string, string> = {},
): Promise<string> => {
  const [id = ''] = await rowsWith(over)
  await product.sql(`update notifications set status = '${status}' where id = '${id}'`)
  return id
}
const report = (id: string | null, over: Partial<DeliveryEvent> = {}): DeliveryEvent => ({
  provider: 'sendgrid',
  eventId: randomUUID(),
  notificationId: id,
  providerMessageId: 'theirs',
  status: 'delivered',
  code: over.status ?? 'delivered',
  detail: null,
  suppress: null,
  at: new Date().toISOString(),
  ...over,
})
const store = async (...events: DeliveryEvent[]) =>
  storeReports(await readDb(product), { events, receivedAt: new Date() })
const rowOf = async (id: string) =>
  (
    await product.sql<Record<string, unknown>>(
      `select *, status::text from notifications where id = '${id}'`,
    )
  )[0]
const events = () =>
  product.sql(`select status::text, detail from inbound_events order by status, detail`)

describe('a row', () => {
  it.each([
    ['sent', 'delivered', 'delivered'],
    ['sent', 'failed', 'bounced'],
    ['delivered', 'sent', 'delivered'],
    ['delivered', 'bounced', 'bounced'],
    ['bounced', 'delivered', 'bounced'],
    ['bounced', 'sent', 'bounced'],
    ['unknown', 'sent', 'sent'],
    ['unknown', 'failed', 'bounced'],
    ['dead', 'delivered', 'delivered'],
    ['discarded', 'delivered', 'discarded'],
    ['suppressed', 'delivered', 'suppressed'],
  ] as const)('that is %s and reported as %s becomes %s', async (before, status, after) => {
    const id = await createNotification(before)
    await store(report(id, { status }))
    await apply()
    expect((await rowOf(id))?.status).toBe(after)
  })

  it('has the same final state in any order and repetition of its reports', async () => {
    const reports = (id: string) => [
      report(id, { status: 'sent' }),
      report(id, { status: 'delivered' }),
      report(id, { status: 'bounced', code: '550' }),
    ]
    const ids = [
      await createNotification('unknown'),
      await createNotification('unknown'),
      await createNotification('unknown'),
    ]
    const [forward = [], backward = [], single = []] = ids.map(reports)
    await store(...forward, ...backward.reverse())
    for (const one of single) {
      await store(one)
      await apply()
      await store(one)
    }
    await apply()
    for (const id of ids) {
      expect(await rowOf(id)).toMatchObject({ status: 'bounced', reason: '550' })
    }
    expect(await apply()).toEqual({ applied: 0, ignored: 0, failed: 0 })
    expect(await events()).toEqual(Array(9).fill({ status: 'applied', detail: null }))
  })

  it.each(['unknown', 'pending'])(
    'that is %s is resolved by its report, and not sent again',
    async (status) => {
      const id = await createNotification(status, { secret: `'sealed'` })
      await store(report(id, { status: 'sent' }))
      await apply()
      const later = new Date(Date.now() + 3_600_000)
      await reapRows(await readDb(product), { now: later, unknownMs: 1 })
      expect(await rowOf(id)).toMatchObject({
        status: 'sent',
        secret: null,
        provider: 'sendgrid',
        provider_message_id: 'theirs',
        attempts: [expect.objectContaining({ provider: 'sendgrid', code: 'reported' })],
      })
    },
  )

  it('that a worker is sending is resolved too, and the worker loses its lease', async () => {
    const id = await createNotification('sending', {
      lease_token: `'mine'`,
      lease_until: `now() + interval '1 min'`,
    })
    await store(report(id))
    await apply()
    expect(await rowOf(id)).toMatchObject({ status: 'delivered', lease_token: null })
  })

  it('that another transaction has locked is left for the next run', async () => {
    const [held, free] = [await createNotification(), await createNotification()]
    await store(report(held), report(free))
    const { pool } = product.payload.db as unknown as {
      pool: { connect: () => Promise<{ query: (text: string) => unknown; release: () => void }> }
    }
    const other = await pool.connect()
    await other.query('begin')
    await other.query(`select 1 from notifications where id = '${held}' for update`)
    expect(await apply()).toEqual({ applied: 1, ignored: 0, failed: 0 })
    expect(
      await applyInboundEvents.nextDue?.({ payload: product.payload, now: new Date() }),
    ).toBeLessThanOrEqual(1_000)
    await other.query('commit')
    other.release()
    expect(await apply()).toEqual({ applied: 1, ignored: 0, failed: 0 })
    expect((await rowOf(held))?.status).toBe('delivered')
  })
})

describe('the reporting provider', () => {
  const untouched = { status: 'sent', provider: 'sendgrid', reason: null }

  it.each(['twilio', 'msg91'])(
    'resolves no e-mail as %s, and suppresses no address',
    async (provider) => {
      const id = await createNotification()
      await store(report(id, { provider, status: 'failed', suppress: 'opt-out' }))
      expect(await apply()).toEqual({ applied: 0, ignored: 1, failed: 0 })
      expect(await rowOf(id)).toMatchObject(untouched)
      expect(await product.sql('select 1 from suppressions')).toEqual([])
      expect(await events()).toEqual([{ status: 'ignored', detail: 'no such message' }])
    },
  )

  it('resolves no message that it was not given', async () => {
    const attempts = `'[{"at": "2026-11-20T10:00:00Z", "provider": "twilio", "outcome": "retry"}]'`
    const [waiting, others] = [
      await createNotification('pending', { secret: `'sealed'`, provider: 'null' }),
      await createNotification('unknown', { attempts, provider: `'twilio'`, channel: `'sms'` }),
    ]
    await store(report(waiting), report(others, { provider: 'msg91', status: 'failed' }))
    expect(await apply()).toEqual({ applied: 0, ignored: 2, failed: 0 })
    expect(await rowOf(waiting)).toMatchObject({ status: 'pending', secret: 'sealed' })
    expect(await rowOf(others)).toMatchObject({ status: 'unknown', provider: 'twilio' })
  })

  it('can be any provider that was tried, also before the last one', async () => {
    const attempts = `'[{"provider": "sendgrid", "outcome": "unknown"}]'`
    const id = await createNotification('unknown', { attempts, provider: `'another'` })
    await store(report(id))
    await apply()
    expect((await rowOf(id))?.status).toBe('delivered')
  })
})

describe('an address', () => {
  it.each([
    ['bounced', 'bounce'],
    ['delivered', 'complaint'],
    ['failed', 'opt-out'],
  ] as const)('that %s with %s is suppressed', async (status, suppress) => {
    const id = await createNotification()
    await store(report(id, { status, suppress }), report(id, { status, suppress }))
    await apply()
    expect(
      await product.sql('select channel::text, address, reason::text, provider from suppressions'),
    ).toEqual([
      { channel: 'email', address: 'asha-1@reports.test', reason: suppress, provider: 'sendgrid' },
    ])
  })

  it('that opted out and then bounces is suppressed as a bounce', async () => {
    const [first, second] = [await createNotification(), await createNotification()]
    await store(report(first, { status: 'delivered', suppress: 'opt-out' }))
    await apply()
    await store(report(second, { status: 'bounced', suppress: 'bounce' }))
    await apply()
    expect(await product.sql('select reason::text from suppressions')).toEqual([
      { reason: 'bounce' },
    ])
  })

  it('that an admin suppresses is stored in the form that messages use', async () => {
    const close = (address: string) =>
      product.payload.create({
        collection: 'suppressions',
        data: { channel: 'sms', address, reason: 'by-hand' },
      })
    expect((await close('098450 66620')).address).toBe('+919845066620')
    await expect(close('12')).rejects.toThrow('address')
  })
})

describe('a report', () => {
  it('without a message of ours is ignored', async () => {
    await store(
      report(randomUUID()),
      report('not-an-id', { providerMessageId: null }),
      report(null, { providerMessageId: 'unknown' }),
    )
    expect(await apply(new Date(Date.now() + 600_000))).toEqual({
      applied: 0,
      ignored: 3,
      failed: 0,
    })
    expect(await events()).toEqual(Array(3).fill({ status: 'ignored', detail: 'no such message' }))
  })

  it('with only the provider’s id waits until its row has that id', async () => {
    const id = await createNotification('unknown', { channel: `'sms'`, provider: 'null' })
    await store(report(null, { provider: 'msg91', providerMessageId: 'request-1' }))
    expect(await apply()).toEqual({ applied: 0, ignored: 0, failed: 0 })
    await product.sql(
      `update notifications set provider = 'msg91', provider_message_id = 'request-1' where id = '${id}'`,
    )
    expect(await apply()).toEqual({ applied: 1, ignored: 0, failed: 0 })
    expect((await rowOf(id))?.status).toBe('delivered')
  })

  it('is applied once by concurrent workers, for thousands of reports', async () => {
    const ids = await rowsWith({}, 1_500)
    await store(...ids.map((id) => report(id, { status: 'sent' })), ...ids.map((id) => report(id)))
    const runs = await Promise.all([apply(), apply(), apply()])
    const last = await apply()
    const applied = [...runs, last].reduce(
      (sum, run) => sum + (run as { applied: number }).applied,
      0,
    )
    expect(applied).toBe(3_000)
    expect(
      await product.sql(`select status::text, count(*)::int from notifications group by status`),
    ).toEqual([{ status: 'delivered', count: 1_500 }])
  })

  it('that cannot be applied fails with the reason, and delays no other', async () => {
    const ids = await rowsWith({}, 3)
    const [one = '', odd = '', other = ''] = ids
    await store(report(one), report(odd, { at: '+055000-01-01T00:00:00.000Z' }), report(other))
    expect(await apply()).toEqual({ applied: 2, ignored: 0, failed: 1 })
    expect(await events()).toEqual([
      { status: 'applied', detail: null },
      { status: 'applied', detail: null },
      { status: 'failed', detail: expect.stringContaining('out of range') as unknown },
    ])
    expect(await apply()).toEqual({ applied: 0, ignored: 0, failed: 0 })
  })

  it('with characters that PostgreSQL cannot store is stored once without them', async () => {
    const one = report(null, { eventId: 'odd', detail: 'a\0b \ud800 😀' })
    await Promise.all([store(one), store(one)])
    expect(await product.sql(`select body ->> 'detail' as detail from inbound_events`)).toEqual([
      { detail: 'ab  😀' },
    ])
  })
})
