import { randomUUID } from 'node:crypto'

import { Client } from 'pg'

import { applyPayoutEvents } from '../../../jobs/payouts/applyPayoutEvents.ts'
import { cleanUp } from '../../../jobs/system/cleanUp.ts'
import { untilWaiting } from '../../../test/support/untilWaiting.ts'
import { type Payment, usePayoutProviders } from '../../../test/support/usePayoutProviders.ts'
import { readDb } from '../../database/readDb.ts'
import type { ReceivedReport } from '../drivers/types.ts'
import { storePayoutReports } from './storePayoutReports.ts'

const HOUR_MS = 3_600_000

const providers = usePayoutProviders()
const { apply, events, otherKey, read, send } = providers

const buildReport = (over: Partial<ReceivedReport> = {}): ReceivedReport => ({
  status: 'settled',
  providerId: 'bank_1',
  bankReference: 'SIM1',
  code: null,
  detail: null,
  remedy: null,
  feeMinor: null,
  provider: 'simulated',
  eventId: randomUUID(),
  key: null,
  at: null,
  ...over,
})
const RETURNED = { status: 'returned', code: 'account_closed', remedy: 'fix' } as const

const store = async (
  reports: readonly ReceivedReport[],
  { driver = 'simulated', receivedAt = new Date() } = {},
) => storePayoutReports(await readDb(providers.product()), { driver, reports, receivedAt })
const later = (ms: number) => new Date(Date.now() + ms)
const nextDue = (now = new Date()) =>
  applyPayoutEvents.nextDue?.({ payload: providers.product().payload, now })

describe('a report without an attempt', () => {
  it('waits, is tried again less and less often, and fails after 24 hours', async () => {
    await store([buildReport({ key: otherKey() })])
    expect(await apply()).toEqual({ applied: 0, ignored: 0, failed: 0, waiting: 1 })
    expect(await events()).toMatchObject([
      { status: 'pending', detail: 'There is no such attempt.' },
    ])
    expect(await apply()).toMatchObject({ waiting: 0 })
    expect(await apply(later(HOUR_MS))).toMatchObject({ waiting: 1 })
    expect(await apply(later(1.9 * HOUR_MS))).toMatchObject({ waiting: 0 })
    expect(await apply(later(2.1 * HOUR_MS))).toMatchObject({ waiting: 1 })
    expect(await apply(later(23 * HOUR_MS))).toMatchObject({ waiting: 1 })
    expect(await apply(later(25 * HOUR_MS))).toMatchObject({ failed: 1 })
    expect(await events()).toMatchObject([
      { status: 'failed', detail: 'There is no such attempt.' },
    ])
    expect(await apply(later(50 * HOUR_MS))).toMatchObject({ failed: 0 })
  })

  it('is tried at least once more before it fails, however late the first try is', async () => {
    await store([buildReport({ key: otherKey() })], { receivedAt: later(-48 * HOUR_MS) })
    expect(await apply()).toMatchObject({ waiting: 1, failed: 0 })
    expect(await apply(later(2 * HOUR_MS))).toMatchObject({ failed: 1 })
  })

  it('by the provider’s id is applied once an attempt has the id', async () => {
    const payment = await send('simulated')
    await store([buildReport({ providerId: 'bank_later' })])
    expect(await apply()).toMatchObject({ waiting: 1 })
    await providers
      .product()
      .sql(`update payout_attempts set provider_id = 'bank_later' where key = '${payment.key}'`)
    expect(await apply(later(5_000))).toMatchObject({ applied: 1 })
    expect(await read(payment)).toMatchObject({ status: 'settled' })
  })

  it('by the provider’s id alone is ignored after 24 hours, as of another payout of the account', async () => {
    await store([buildReport({ providerId: 'bank_other' })])
    expect(await apply()).toMatchObject({ waiting: 1 })
    expect(await apply(later(25 * HOUR_MS))).toMatchObject({ ignored: 1 })
  })

  it.each([
    ['with a reference that is no key of ours', { key: 'INVOICE-2026-17' }],
    ['that names nothing', { providerId: null }],
  ])('%s is ignored at once', async (_case, over) => {
    await store([buildReport(over)])
    expect(await apply()).toMatchObject({ ignored: 1 })
    expect(await events()).toMatchObject([{ detail: 'It is not of a withdrawal.' }])
  })

  it('of the driver that reports it is not found under another driver’s key', async () => {
    const payment = await send('razorpayx')
    await store([buildReport({ key: payment.key })], { driver: 'cashfree' })
    expect(await apply()).toMatchObject({ applied: 0, waiting: 1 })
    expect(await read(payment)).toMatchObject({ status: 'sent' })
  })
})

it('several reports of one attempt are applied one after another, in the order of receipt', async () => {
  const payment = await send('simulated')
  const { key } = payment
  const at = (ms: number) => ({ receivedAt: later(ms) })
  await store([buildReport({ key, status: 'pending' })], at(-3_000))
  await store([buildReport({ key })], at(-2_000))
  await store([buildReport({ key, ...RETURNED })], at(-1_000))
  expect(await apply()).toEqual({ applied: 2, ignored: 1, failed: 0, waiting: 0 })
  expect(await read(payment)).toMatchObject({ status: 'returned', available: 100_000, held: 0 })
  const { sql } = providers.product()
  const transfers = await sql<{ kind: string }>(
    `select kind from wallet_transactions where withdrawal_id = '${payment.id}' order by kind`,
  )
  expect(transfers.map(({ kind }) => kind)).toEqual([
    'payout',
    'payout-return',
    'withdrawal',
    'withdrawal-release',
  ])
})

it('more reports than a batch takes are all applied, those of known attempts among them', async () => {
  const payment = await send('simulated')
  await store(Array.from({ length: 450 }, () => buildReport({ key: 'another-system' })))
  await store([buildReport({ key: payment.key })])
  expect(await apply()).toEqual({ applied: 1, ignored: 450, failed: 0, waiting: 0 })
  expect(await read(payment)).toMatchObject({ status: 'settled' })
})

describe('a report that cannot be applied', () => {
  let [bad, good] = [] as unknown as [Payment, Payment]
  beforeEach(async () => {
    bad = await send('simulated')
    good = await send('simulated')
    await providers.product().sql(`
      create function refuse_one() returns trigger language plpgsql as $$
      begin
        if new.key = '${bad.key}' then
          raise exception 'asha.rao@okhdfc is refused' using errcode = 'restrict_violation';
        end if;
        return new;
      end $$;
      create trigger refuse_one before update on payout_attempts
        for each row execute function refuse_one()`)
    await store([buildReport({ key: bad.key }), buildReport({ key: good.key })])
  })
  const mend = () => providers.product().sql('drop function if exists refuse_one() cascade')
  afterEach(mend)

  it('stops no other, and is applied once it can be', async () => {
    expect(await apply()).toEqual({ applied: 1, ignored: 0, failed: 0, waiting: 1 })
    expect(await read(good)).toMatchObject({ status: 'settled' })
    expect(await read(bad)).toMatchObject({ status: 'sent' })
    await mend()
    expect(await apply(later(5_000))).toMatchObject({ applied: 1, waiting: 0 })
    expect(await read(bad)).toMatchObject({ status: 'settled' })
  })

  it('fails after 24 hours with the code of the reason, without its text', async () => {
    await apply()
    expect(await apply(later(25 * HOUR_MS))).toMatchObject({ failed: 1 })
    const failed = (await events()).filter(({ status }) => status === 'failed')
    expect(failed).toMatchObject([{ detail: 'It could not be applied (23001).' }])
  })
})

describe('a worker that ends', () => {
  it('before it applies a stored report loses nothing: the next run applies it', async () => {
    const payment = await send('simulated')
    await store([buildReport({ key: payment.key })])
    const stopped = { payload: providers.product().payload, now: new Date(), data: null }
    await applyPayoutEvents.run({ ...stopped, signal: AbortSignal.abort() })
    expect(await read(payment)).toMatchObject({ status: 'sent' })
    expect(await nextDue()).toBe(1_000)
    expect(await apply()).toMatchObject({ applied: 1 })
    expect(await read(payment)).toMatchObject({ status: 'settled' })
    expect(await nextDue()).toBeNull()
  })

  it('while it applies a report changes nothing, and the next run applies it once', async () => {
    const { databaseUrl } = providers.product()
    const payment = await send('simulated')
    await store([buildReport({ key: payment.key, ...RETURNED })])
    const other = new Client({ connectionString: databaseUrl })
    await other.connect()
    await other.query('begin')
    await other.query('select 1 from withdrawals where id = $1 for update', [payment.id])
    const ended = expect(apply()).rejects.toThrow()
    await untilWaiting(providers.product())
    await other.query(`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`)
    await ended
    await other.query('rollback')
    await other.end()
    expect(await events()).toMatchObject([{ status: 'pending', detail: null }])
    expect(await read(payment)).toMatchObject({ status: 'sent' })
    expect(await apply()).toMatchObject({ applied: 1 })
    expect(await read(payment)).toMatchObject({ status: 'returned', available: 100_000, held: 0 })
  })
})

it('two workers apply the reports of one attempt once', async () => {
  const payment = await send('simulated')
  const { key } = payment
  await store([buildReport({ key }), buildReport({ key, ...RETURNED }), buildReport({ key })])
  await Promise.all([apply(), apply(), apply()])
  await apply(later(5_000))
  expect(await events()).not.toMatchObject([{ status: 'pending' }])
  expect(await read(payment)).toMatchObject({
    status: 'returned',
    isPaidLate: false,
    available: 100_000,
    held: 0,
  })
})

it('applied and ignored reports are deleted after 30 days, waiting and failed ones are kept', async () => {
  const payment = await send('simulated')
  const old = { receivedAt: later(-40 * 24 * HOUR_MS) }
  await store([buildReport({ key: payment.key }), buildReport({ key: 'another-system' })], old)
  await store([buildReport({ key: otherKey() })], old)
  await apply()
  const { payload } = providers.product()
  const signal = AbortSignal.timeout(10_000)
  const run = { payload, now: new Date(), data: null, signal }
  expect(await cleanUp.run(run)).toMatchObject({ inboundEvents: 2 })
  expect(await events()).toMatchObject([{ status: 'pending' }])
  await apply(later(2 * HOUR_MS))
  expect(await cleanUp.run(run)).toMatchObject({ inboundEvents: 0 })
  expect(await events()).toMatchObject([{ status: 'failed' }])
})
