import { randomUUID } from 'node:crypto'

import { createLocalReq } from 'payload'

import { createUser } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import type { AlertKind } from '../../messaging/templates/operationsAlert.ts'
import { notifyAlerts } from './notifyAlerts.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
  await createUser(product.payload, { role: 'admin', name: 'One' })
  await createUser(product.payload, { role: 'admin', name: 'Two' })
  await createUser(product.payload, { role: 'finance' })
})
afterAll(() => product.close())
beforeEach(() =>
  insert(`delete from notifications; delete from withdrawals; delete from payout_attempts;
    delete from job_runs; delete from wallets`),
)

/** Runs statements without triggers and foreign keys: only the rows that are counted are needed. */
const insert = (statements: string) =>
  product.sql(`begin; set local session_replication_role to replica; ${statements}; commit`)

const NOW = '2026-11-20T10:40:00.000Z'
const notifyAt = async (at = NOW) => {
  const req = await createLocalReq({}, product.payload)
  const options = { publicUrl: 'https://rewards.example', overdueDays: 3, now: new Date(at) }
  const alerts = await inTransaction(req, () => notifyAlerts(req, options))
  return alerts.map(({ count, kind }) => [kind, count])
}
const written = () =>
  product.sql<{ data: { name: string; kind: string; count: number; page: string } }>(
    `select data from notifications where template = 'operations-alert' order by data ->> 'name'`,
  )

const withdrawal = (status: string, createdAt: string, holdUntil: string | null = null) => `
  insert into withdrawals (id, reference, member_id, method_id, method_kind, driver, status,
    gross_minor, fee_minor, deduction_minor, net_minor, currency, approvals_needed, reason,
    hold_until, hold_owner_id, held_by_id, created_at)
  values (gen_random_uuid(), '${randomUUID()}', gen_random_uuid(), gen_random_uuid(), 'upi',
    'simulated', '${status}', 100, 0, 0, 100, 'INR', 1, 'a reason',
    ${holdUntil === null ? 'null' : `'${holdUntil}'`}, gen_random_uuid(), gen_random_uuid(),
    '${createdAt}')`
const attempt = (status: string, over: { doubtSince?: string; late?: string }) => `
  insert into payout_attempts (id, withdrawal_id, number, key, driver, amount_minor, currency,
    status, in_doubt_since, late_status)
  values (gen_random_uuid(), gen_random_uuid(), 1, '${randomUUID()}', 'simulated', 100, 'INR',
    '${status}', ${over.doubtSince ? `'${over.doubtSince}'` : 'null'},
    ${over.late ? `'${over.late}'` : 'null'})`
const run = (status: string, startedAt: string) => `
  insert into job_runs (id, job, status, started_at)
  values (gen_random_uuid(), 'verify-wallets', '${status}', '${startedAt}')`
const letter = (status: string) => `
  insert into notifications (id, dedupe_key, lane, status, channel, template, category, locale,
    "to", attempt_count, next_attempt_at)
  values (gen_random_uuid(), '${randomUUID()}', 'money', '${status}', 'email', 'welcome', 'account',
    'en', 'a@example.test', 8, now())`
const wallet = (frozenAt: string | null) => `
  insert into wallets (id, owner_id, kind, currency, frozen_at)
  values (gen_random_uuid(), gen_random_uuid(), 'available', 'INR',
    ${frozenAt === null ? 'null' : `'${frozenAt}'`})`

type Case = [kind: AlertKind, counted: string, ignored: string[]]
const CASES: Case[] = [
  [
    'withdrawals-waiting',
    withdrawal('requested', '2026-11-17T10:39:59Z'),
    [withdrawal('requested', '2026-11-17T10:40:01Z'), withdrawal('approved', '2026-11-01')],
  ],
  [
    'holds-overdue',
    withdrawal('on-hold', '2026-11-20', '2026-11-20T10:39:59Z'),
    [withdrawal('on-hold', '2026-11-01', '2026-11-20T10:40:01Z')],
  ],
  [
    'payouts-in-doubt',
    attempt('in-doubt', { doubtSince: '2026-11-19T10:39:59Z' }),
    [
      attempt('in-doubt', { doubtSince: '2026-11-19T10:40:01Z' }),
      attempt('settled', { doubtSince: '2026-11-01' }),
    ],
  ],
  ['paid-late', attempt('failed', { late: 'open' }), [attempt('failed', { late: 'paid' })]],
  ['wallets-frozen', wallet('2026-11-20'), [wallet(null)]],
  [
    'verification-failed',
    `${run('completed', '2026-11-19')}; ${run('failed', '2026-11-20')}`,
    [`${run('failed', '2026-11-19')}; ${run('completed', '2026-11-20')}`],
  ],
  ['dead-letters', letter('dead'), [letter('sent')]],
]

it('nothing to see notifies no one', async () => {
  expect(await notifyAt()).toEqual([])
  expect(await written()).toEqual([])
})

it.each(CASES)('%s is counted', async (kind, counted) => {
  await insert(counted)
  expect(await notifyAt()).toEqual([[kind, 1]])
})

it.each(CASES)('%s is not counted within its limits', async (_, __, ignored) => {
  for (const statement of ignored) {
    await insert(statement)
    expect(await notifyAt()).toEqual([])
  }
})

it('every admin gets one message of a kind a day, with the first count and a page, and another the next day', async () => {
  await insert(letter('dead'))
  await notifyAt()
  await insert(letter('dead'))
  expect(await notifyAt('2026-11-20T23:40:00Z')).toEqual([['dead-letters', 2]])
  const page = 'https://rewards.example/admin/queues'
  expect(await written()).toEqual(
    ['One', 'Two'].map((name) => ({ data: { name, kind: 'dead-letters', count: 1, page } })),
  )
  await notifyAt('2026-11-21T00:40:00Z')
  expect(await written()).toHaveLength(4)
})
