import { createLocalReq, type Payload, type PayloadRequest } from 'payload'

import { inTransaction } from '../../src/database/inTransaction.ts'
import type { User } from '../../src/payload-types.ts'
import { applyReports } from '../../src/payouts/attempts/applyReports.ts'
import { lookUpDue, payDue } from '../../src/payouts/attempts/payDue.ts'
import type { PayoutDriver, PayoutOrder, PayoutReport } from '../../src/payouts/drivers/types.ts'
import { approveWithdrawals } from '../../src/payouts/withdrawals/approveWithdrawals.ts'
import { requestWithdrawal } from '../../src/payouts/withdrawals/requestWithdrawal.ts'
import { createUser } from './factories.ts'
import { createMethod, creditMember } from './payoutFactories.ts'
import type { Product } from './startProduct.ts'

/** Runs work in a transaction of its own, as a job or an endpoint does. */
export const runIn = async <Result>(
  payload: Payload,
  work: (req: PayloadRequest) => Promise<Result>,
): Promise<Result> => {
  const req = await createLocalReq({}, payload)
  return inTransaction(req, () => work(req))
}

/** A member with money and a method that can be used. */
export const createPayee = async (
  product: Product,
  { amountMinor = 100_000, ...over }: Partial<User> & { amountMinor?: number } = {},
): Promise<{ member: User; method: string }> => {
  const member = await createUser(product.payload, { name: 'Asha Rao', ...over })
  const method = await createMethod(product, { member: member.id })
  if (amountMinor > 0) await creditMember(product.payload, { member: member.id, amountMinor })
  return { member, method }
}

/** Requests a withdrawal and returns its id. */
export const createWithdrawal = async (
  product: Product,
  {
    grossMinor = 60_000,
    member,
    method,
    now = new Date(),
  }: { member: Pick<User, 'id'>; method: string; grossMinor?: number; now?: Date },
): Promise<string> => {
  const input = { member: member.id, method, grossMinor, currency: 'INR', now }
  const { id } = await runIn(product.payload, (req) => requestWithdrawal(req, input))
  return id
}

/** Approves withdrawals for a person. */
export const approve = (product: Product, by: string, ids: readonly string[], now = new Date()) =>
  runIn(product.payload, (req) => approveWithdrawals(req, { by, ids, now }))

/** Builds a report of a provider: what is not given is null. */
export const report = (
  status: PayoutReport['status'],
  over: Partial<PayoutReport> = {},
): PayoutReport => ({
  status,
  providerId: null,
  bankReference: null,
  code: null,
  detail: null,
  remedy: null,
  feeMinor: null,
  ...over,
})

/** Applies one report of an attempt by its key. */
export const applyReport = (
  product: Product,
  key: string,
  status: PayoutReport['status'],
  over: Partial<PayoutReport> & { now?: Date } = {},
) => {
  const { now = new Date(), ...rest } = over
  const reports = [{ name: { key }, report: report(status, rest) }]
  return runIn(product.payload, (req) => applyReports(req, { reports, now }))
}

const run = (product: Product, now: Date) => ({
  payload: product.payload,
  now,
  signal: AbortSignal.timeout(60_000),
})
export const pay = (product: Product, now = new Date()) => payDue(run(product, now))
export const lookUp = (product: Product, now: Date) => lookUpDue(run(product, now))

export type StoredAttempt = {
  key: string
  number: number
  status: string
  late: string | null
  code: string | null
}
export type StoredWithdrawal = {
  status: string
  late: boolean
  round: number
  needed: number
  reason: string | null
  attempts: StoredAttempt[]
}

/** Reads a withdrawal with its attempts, the first one first. */
export const readWithdrawal = async (
  { sql }: Pick<Product, 'sql'>,
  id: string,
): Promise<StoredWithdrawal> => {
  const [row] = await sql<StoredWithdrawal>(`
    select w.status::text, coalesce(w.is_paid_late, false) as late, w.round::int,
      w.approvals_needed::int as needed, w.reason,
      (select coalesce(json_agg(json_build_object('key', a.key, 'number', a.number,
          'status', a.status, 'late', a.late_status, 'code', a.code) order by a.number), '[]')
        from payout_attempts a where a.withdrawal_id = w.id) as attempts
    from withdrawals w where w.id = '${id}'`)
  if (!row) throw new Error('There is no such withdrawal.')
  return row
}

export type Funds = {
  available: number
  held: number
  /** What left the member’s wallets for good, or was not given back. */
  payouts: number
  fees: number
  tax: number
}

/** Reads where the money of a member and of the member’s withdrawals is, in minor units. */
export const readFunds = async ({ sql }: Pick<Product, 'sql'>, member: string): Promise<Funds> => {
  const [row] = await sql<Funds>(`
    select
      coalesce((select balance_minor from wallets where owner_id = '${member}'
        and kind = 'available' and currency = 'INR'), 0)::float8 as available,
      coalesce((select balance_minor from wallets where owner_id = '${member}'
        and kind = 'held' and currency = 'INR'), 0)::float8 as held,
      ${sumOf(member, 'payouts')} as payouts,
      ${sumOf(member, 'payout-fees')} as fees,
      ${sumOf(member, 'tax-withheld')} as tax`)
  if (!row) throw new Error('No row.')
  return row
}

const sumOf = (member: string, kind: string) => `coalesce((
  select sum(case when f.kind = '${kind}' then -t.amount_minor else t.amount_minor end)
  from wallet_transactions t
  join withdrawals w on w.id = t.withdrawal_id and w.member_id = '${member}'
  join wallets f on f.id = t.from_wallet_id
  join wallets g on g.id = t.to_wallet_id
  where '${kind}' in (f.kind::text, g.kind::text)), 0)::float8`

type Script = {
  send: (order: PayoutOrder) => Answer | Promise<Answer>
  lookUp: (key: string) => Promise<PayoutReport> | PayoutReport
}
type Answer = Awaited<ReturnType<PayoutDriver['send']>>
const settledAnswer = (): Answer => ({ kind: 'report', report: report('settled') })

/** A driver that answers as a test scripts it, and remembers each order in the order of sending. */
export const openScripted = (
  idempotency: Partial<PayoutDriver['idempotency']> = {},
): { driver: PayoutDriver; sent: PayoutOrder[]; looked: string[]; script: Script } => {
  const sent: PayoutOrder[] = []
  const looked: string[] = []
  const script: Script = { send: settledAnswer, lookUp: () => report('not-found') }
  const driver: PayoutDriver = {
    name: 'simulated',
    idempotency: {
      place: 'body',
      lifetimeDays: null,
      repeat: 'latest-state',
      isRepeatSafe: true,
      ...idempotency,
    },
    maxPerSecond: 1_000,
    refuse: () => null,
    send: async (order) => {
      sent.push(order)
      return script.send(order)
    },
    lookUp: async ({ key }) => {
      looked.push(key)
      return script.lookUp(key)
    },
  }
  return { driver, sent, looked, script }
}

/** The answers of a driver. */
export const answers = {
  report: (status: PayoutReport['status'], over: Partial<PayoutReport> = {}): Answer => ({
    kind: 'report',
    report: report(status, over),
  }),
  notSent: (afterMs: number | null = null): Answer => ({
    kind: 'not-sent',
    code: 'http-429',
    detail: 'busy',
    afterMs,
  }),
}
