import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import type { DeductionLine } from '../../domain/payouts/deductions.ts'
import type { MethodKind } from '../../domain/payouts/methodKinds.ts'
import type { PayoutRule } from '../../domain/payouts/payoutRule.ts'
import type { QuoteLine } from '../../domain/payouts/quote.ts'
import type { WithdrawalStatus } from '../../domain/payouts/withdrawalStates.ts'
import { type Assessment, assessWithdrawal } from './assessWithdrawal.ts'
import { type Earnings, loadEarnings } from './loadEarnings.ts'
import { type DeskRow, loadDeskRows } from './loadDeskRows.ts'

/** What the request stored about the amounts. */
type StoredQuote = {
  rule?: PayoutRule
  lines?: QuoteLine[]
  deductions?: DeductionLine[]
  /** Why a person approves it. */
  byHand?: string[]
}
type DeskApproval = { name: string; round: number; at: string }
export type AttemptDetail = {
  key: string
  number: number
  driver: string
  batch: string | null
  status: string
  providerId: string | null
  bankReference: string | null
  code: string | null
  detail: string | null
  remedy: string | null
  createdAt: string
  inDoubtSince: string | null
  settledAt: string | null
  failedAt: string | null
  returnedAt: string | null
  nextLookAt: string | null
  lookCount: number
  lateStatus: 'not-paid' | 'open' | 'paid' | null
  lateAt: string | null
  lateReason: string | null
  lateAnsweredBy: string | null
}
type EarlierWithdrawal = {
  id: string
  reference: string
  methodKind: MethodKind
  display: string
  grossMinor: number
  currency: string
  status: WithdrawalStatus
  requestedAt: string
  reason: string | null
}
type OtherMember = {
  id: string
  name: string
  since: string
  /** The status of the method of that member. */
  status: string
  settledCount: number
}
type Facts = {
  /** The present round of approvals. */
  round: number
  quote: StoredQuote
  advice: string | null
  bankReference: string | null
  heldBy: string | null
  liftedBy: string | null
  availableMinor: number
  heldMinor: number
  method: {
    status: string
    bankCode: string | null
    bankName: string | null
    product: string | null
    verifiedBy: string | null
    usableFrom: string | null
  }
  approvals: DeskApproval[]
  attempts: AttemptDetail[]
  earlier: EarlierWithdrawal[]
  others: OtherMember[]
}

/** A withdrawal with all that a person needs to decide about it. */
export type DeskDetail = Facts & { row: DeskRow; assessment: Assessment; earnings: Earnings }

const MAX_EARLIER = 20
const MAX_OTHERS = 20

/** Loads one withdrawal in detail; null if there is none of this id. */
export const loadDeskDetail = async (
  db: Database,
  { id, now }: { id: string; now: Date },
): Promise<DeskDetail | null> => {
  const [row] = await loadDeskRows(db, { ids: [id], now })
  if (!row) return null
  const { currency, member } = row
  return {
    row,
    assessment: assessWithdrawal(row, now),
    earnings: await loadEarnings(db, { member, currency, now }),
    ...(await loadFacts(db, id)),
  }
}

const loadFacts = async (db: Database, id: string): Promise<Facts> => {
  const { rows } = await db.execute<Facts>(sql`
    select coalesce(w.quote, '{}'::jsonb) as quote,
      w.round::int,
      w.advice,
      w.bank_reference as "bankReference",
      (select coalesce(name, email) from users where id = w.held_by_id) as "heldBy",
      (select coalesce(name, email) from users where id = w.hold_lifted_by_id) as "liftedBy",
      ${selectBalance('available')} as "availableMinor",
      ${selectBalance('held')} as "heldMinor",
      json_build_object(
        'status', m.status, 'bankCode', m.bank_code, 'bankName', m.bank_name,
        'product', m.product, 'verifiedBy', m.verified_by, 'usableFrom', m.usable_from) as method,
      (select coalesce(json_agg(json_build_object(
            'name', coalesce(b.name, b.email), 'round', v.round, 'at', v.at) order by v.at), '[]')
        from withdrawal_approvals v join users b on b.id = v.by_id
        where v.withdrawal_id = w.id) as approvals,
      ${ATTEMPTS} as attempts,
      ${EARLIER} as earlier,
      ${OTHERS} as others
    from withdrawals w
    join payout_methods m on m.id = w.method_id
    where w.id = ${id}`)
  const [facts] = rows
  if (!facts) throw new Error('The withdrawal is not there.')
  return facts
}

const selectBalance = (kind: 'available' | 'held') => sql`(
  select coalesce(sum(l.balance_minor), 0)::float8 from wallets l
  where l.owner_id = w.member_id and l.currency = w.currency and l.kind = ${kind})`

const ATTEMPTS = sql`(
  select coalesce(json_agg(json_build_object(
      'key', a.key, 'number', a.number, 'driver', a.driver, 'batch', b.reference,
      'status', a.status, 'providerId', a.provider_id, 'bankReference', a.bank_reference,
      'code', a.code, 'detail', a.detail, 'remedy', a.remedy, 'createdAt', a.created_at,
      'inDoubtSince', a.in_doubt_since, 'settledAt', a.settled_at, 'failedAt', a.failed_at,
      'returnedAt', a.returned_at, 'nextLookAt', a.next_look_at, 'lookCount', a.look_count,
      'lateStatus', a.late_status, 'lateAt', a.late_at, 'lateReason', a.late_reason,
      'lateAnsweredBy', coalesce(p.name, p.email)) order by a.number desc), '[]')
  from payout_attempts a
  left join payout_batches b on b.id = a.batch_id
  left join users p on p.id = a.late_answered_by_id
  where a.withdrawal_id = w.id)`

const EARLIER = sql`(
  select coalesce(json_agg(to_json(one) order by one."requestedAt" desc), '[]') from (
    select e.id, e.reference, e.method_kind as "methodKind", n.display,
      e.gross_minor as "grossMinor", e.currency, e.status, e.created_at as "requestedAt", e.reason
    from withdrawals e join payout_methods n on n.id = e.method_id
    where e.member_id = w.member_id and e.id <> w.id
    order by e.created_at desc limit ${MAX_EARLIER}) one)`

const OTHERS = sql`(
  select coalesce(json_agg(to_json(one)), '[]') from (
    select o.id, coalesce(o.name, o.email) as name, o.created_at as since,
      max(x.status::text) as status,
      (select count(*) from withdrawals s where s.member_id = o.id and s.status = 'settled')
        as "settledCount"
    from payout_methods x join users o on o.id = x.member_id
    where x.fingerprint = m.fingerprint and x.member_id <> m.member_id
    group by o.id
    order by o.created_at limit ${MAX_OTHERS}) one)`
