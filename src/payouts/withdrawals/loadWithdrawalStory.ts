import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import type { QuoteLine } from '../../domain/payouts/quote.ts'
import type { WithdrawalStatus } from '../../domain/payouts/withdrawalStates.ts'

/** One attempt. Its code and text are the provider's, without account data. */
type AttemptStory = {
  key: string
  number: number
  driver: string
  status: string
  bankReference: string | null
  code: string | null
  detail: string | null
  lateStatus: 'not-paid' | 'open' | 'paid' | null
  createdAt: string
  settledAt: string | null
  failedAt: string | null
  returnedAt: string | null
}
type ApprovalStory = { name: string; round: number; at: string }
type TransferStory = { id: string; kind: string; amountMinor: number; at: string }

/** A withdrawal with what happened to it. Amounts are minor units of `currency`. */
export type WithdrawalStory = {
  id: string
  reference: string
  member: string
  memberName: string
  status: WithdrawalStatus
  grossMinor: number
  feeMinor: number
  deductionMinor: number
  netMinor: number
  currency: string
  /** The masked account. */
  method: string
  reason: string | null
  advice: string | null
  bankReference: string | null
  lines: QuoteLine[]
  /** Why a person approved it. */
  byHand: string[]
  isAutoApproved: boolean
  holdUntil: string | null
  requestedAt: string
  approvedAt: string | null
  sentAt: string | null
  endedAt: string | null
  approvals: ApprovalStory[]
  attempts: AttemptStory[]
  transfers: TransferStory[]
}

/** Loads a withdrawal with its approvals, attempts and transfers; null if there is none of this id. */
export const loadWithdrawalStory = async (
  db: Database,
  id: string,
): Promise<WithdrawalStory | null> => {
  const { rows } = await db.execute<WithdrawalStory>(sql`
    select w.id::text,
      w.reference,
      w.member_id::text as member,
      coalesce(u.name, u.email) as "memberName",
      w.status::text,
      w.gross_minor::float8 as "grossMinor",
      w.fee_minor::float8 as "feeMinor",
      w.deduction_minor::float8 as "deductionMinor",
      w.net_minor::float8 as "netMinor",
      w.currency,
      m.display as method,
      w.reason,
      w.advice,
      w.bank_reference as "bankReference",
      coalesce(w.quote -> 'lines', '[]'::jsonb) as lines,
      coalesce(w.quote -> 'byHand', '[]'::jsonb) as "byHand",
      coalesce(w.is_auto_approved, false) as "isAutoApproved",
      to_json(w.hold_until) #>> '{}' as "holdUntil",
      to_json(w.created_at) #>> '{}' as "requestedAt",
      to_json(w.approved_at) #>> '{}' as "approvedAt",
      to_json(w.sent_at) #>> '{}' as "sentAt",
      to_json(w.ended_at) #>> '{}' as "endedAt",
      ${APPROVALS} as approvals,
      ${ATTEMPTS} as attempts,
      ${TRANSFERS} as transfers
    from withdrawals w
    join users u on u.id = w.member_id
    join payout_methods m on m.id = w.method_id
    where w.id = ${id}`)
  return rows[0] ?? null
}

const APPROVALS = sql`(
  select coalesce(json_agg(json_build_object(
      'name', coalesce(b.name, b.email), 'round', v.round, 'at', v.at) order by v.at), '[]')
  from withdrawal_approvals v join users b on b.id = v.by_id
  where v.withdrawal_id = w.id)`

const ATTEMPTS = sql`(
  select coalesce(json_agg(json_build_object(
      'key', a.key, 'number', a.number, 'driver', a.driver, 'status', a.status,
      'bankReference', a.bank_reference, 'code', a.code, 'detail', a.detail,
      'lateStatus', a.late_status, 'createdAt', a.created_at, 'settledAt', a.settled_at,
      'failedAt', a.failed_at, 'returnedAt', a.returned_at) order by a.number), '[]')
  from payout_attempts a where a.withdrawal_id = w.id)`

const TRANSFERS = sql`(
  select coalesce(json_agg(json_build_object(
      'id', t.id, 'kind', t.kind, 'amountMinor', t.amount_minor, 'at', t.posted_at)
      -- Transfers of one batch have one time: the versions of the member's wallet order them.
      order by t.posted_at, case when f.kind::text = 'held' then t.from_version
        else coalesce(t.to_version, t.from_version) end), '[]')
  from wallet_transactions t
  join wallets f on f.id = t.from_wallet_id
  where t.withdrawal_id = w.id)`
