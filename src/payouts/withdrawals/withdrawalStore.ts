import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import { toStorableText } from '../../database/toJson.ts'
import type { MethodKind } from '../../domain/payouts/methodKinds.ts'
import type { WithdrawalStatus } from '../../domain/payouts/withdrawalStates.ts'

/** A withdrawal as rules and steps use it. Amounts are minor units of `currency`. */
export type WithdrawalRow = {
  id: string
  reference: string
  member: string
  method: string
  methodKind: MethodKind
  display: string
  driver: string
  bankProfile: string | null
  status: WithdrawalStatus
  grossMinor: number
  feeMinor: number
  deductionMinor: number
  netMinor: number
  currency: string
  approvalsNeeded: number
  round: number
  attemptCount: number
  isPaidLate: boolean
  heldBy: string | null
  holdUntil: string | null
  reason: string | null
  createdAt: string
}

/** The columns of a `WithdrawalRow`, of withdrawals `w` with their methods `m`. */
export const withdrawalColumns = sql`
  w.id::text,
  w.reference,
  w.member_id::text as member,
  w.method_id::text as method,
  w.method_kind::text as "methodKind",
  m.display,
  w.driver,
  w.bank_profile as "bankProfile",
  w.status::text,
  w.gross_minor::float8 as "grossMinor",
  w.fee_minor::float8 as "feeMinor",
  w.deduction_minor::float8 as "deductionMinor",
  w.net_minor::float8 as "netMinor",
  w.currency,
  w.approvals_needed::int as "approvalsNeeded",
  w.round::int,
  w.attempt_count::int as "attemptCount",
  coalesce(w.is_paid_late, false) as "isPaidLate",
  w.held_by_id::text as "heldBy",
  to_json(w.hold_until) #>> '{}' as "holdUntil",
  w.reason,
  to_json(w.created_at) #>> '{}' as "createdAt"`

/**
 * Locks withdrawals until the transaction ends, in the order of their ids, and returns them. Ids
 * that do not exist are missing in the result.
 */
export const lockWithdrawals = async (
  db: Database,
  ids: readonly string[],
): Promise<WithdrawalRow[]> => {
  if (ids.length === 0) return []
  const { rows } = await db.execute<WithdrawalRow>(sql`
    select ${withdrawalColumns}
    from withdrawals w
    join payout_methods m on m.id = w.method_id
    where w.id = any (array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid))
    order by w.id
    for no key update of w`)
  return rows
}

export type NewWithdrawal = {
  reference: string
  member: string
  method: string
  methodKind: MethodKind
  driver: string
  bankProfile: string | null
  grossMinor: number
  feeMinor: number
  deductionMinor: number
  netMinor: number
  platformFeeMinor: number
  currency: string
  quote: object
  taxId: string | null
  approvalsNeeded: number
}

/** Stores a request and returns its id. */
export const insertWithdrawal = async (
  db: Database,
  withdrawal: NewWithdrawal,
  now: Date,
): Promise<string> => {
  const at = now.toISOString()
  const w = withdrawal
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into withdrawals (
      id, reference, member_id, method_id, method_kind, driver, bank_profile, status, gross_minor,
      fee_minor, deduction_minor, net_minor, platform_fee_minor, currency, quote, tax_id_id,
      approvals_needed, round, attempt_count, created_at, updated_at)
    values (
      time_ordered_uuid(), ${w.reference}, ${w.member}, ${w.method}, ${w.methodKind}, ${w.driver},
      ${w.bankProfile}, 'requested', ${w.grossMinor}, ${w.feeMinor}, ${w.deductionMinor},
      ${w.netMinor}, ${w.platformFeeMinor}, ${w.currency}, ${JSON.stringify(w.quote)}::jsonb,
      ${w.taxId}, ${w.approvalsNeeded}, 1, 0, ${at}, ${at})
    returning id::text`)
  return rows[0]?.id ?? ''
}

export type WithdrawalChange = {
  id: string
  status: WithdrawalStatus
  /** Absent fields stay as they are; null empties one. */
  reason?: string | null
  advice?: string | null
  bankReference?: string
  heldBy?: string | null
  holdOwner?: string | null
  holdUntil?: string | null
  liftedBy?: string | null
  /** Can only rise. */
  approvalsNeeded?: number
  isAutoApproved?: boolean
  isPaidLate?: boolean
  nextAttemptAt?: string | null
  /** An attempt was made. */
  isAttempted?: boolean
}

/**
 * Changes locked withdrawals, all in one statement. Times follow from the status: `approved_at`,
 * `sent_at`, `ended_at`, `returned_at`. A hold begins a new round of approvals.
 */
export const changeWithdrawals = async (
  db: Database,
  changes: readonly WithdrawalChange[],
  now: Date,
): Promise<void> => {
  if (changes.length === 0) return
  const at = now.toISOString()
  await db.execute(sql`
    update withdrawals w set
      status = c.status::enum_withdrawals_status,
      reason = case when c.p ? 'reason' then c.p ->> 'reason' else w.reason end,
      advice = case when c.p ? 'advice' then c.p ->> 'advice' else w.advice end,
      bank_reference = coalesce(c.p ->> 'bankReference', w.bank_reference),
      held_by_id = case when c.p ? 'heldBy' then (c.p ->> 'heldBy')::uuid else w.held_by_id end,
      hold_owner_id =
        case when c.p ? 'holdOwner' then (c.p ->> 'holdOwner')::uuid else w.hold_owner_id end,
      hold_until = case when c.p ? 'holdUntil' then (c.p ->> 'holdUntil')::timestamptz
        else w.hold_until end,
      hold_lifted_by_id =
        case when c.p ? 'liftedBy' then (c.p ->> 'liftedBy')::uuid else w.hold_lifted_by_id end,
      approvals_needed =
        greatest(w.approvals_needed, coalesce((c.p ->> 'approvalsNeeded')::bigint, 0)),
      round = w.round + case when c.status = 'on-hold' and w.status::text <> 'on-hold' then 1 else 0 end,
      is_auto_approved = coalesce((c.p ->> 'isAutoApproved')::boolean, w.is_auto_approved),
      is_paid_late = coalesce((c.p ->> 'isPaidLate')::boolean, w.is_paid_late),
      next_attempt_at = case when c.p ? 'nextAttemptAt' then (c.p ->> 'nextAttemptAt')::timestamptz
        else w.next_attempt_at end,
      attempt_count = w.attempt_count
        + case when (c.p ->> 'isAttempted')::boolean then 1 else 0 end,
      approved_at = case when c.status = 'approved' and w.status::text = 'requested' then ${at}::timestamptz
        else w.approved_at end,
      sent_at = case when c.status = 'sent' and w.status::text <> 'sent' then ${at}::timestamptz
        else w.sent_at end,
      returned_at = case when c.status = 'returned' and w.status::text <> 'returned' then ${at}::timestamptz
        else w.returned_at end,
      ended_at = case
        when c.status not in ('settled', 'failed', 'returned', 'rejected', 'cancelled') then null
        when w.status::text <> c.status then ${at}::timestamptz else w.ended_at end,
      updated_at = ${at}
    from (
      select (p ->> 'id')::uuid as id, p ->> 'status' as status, p
      from jsonb_array_elements(${JSON.stringify(changes, toStorableText)}::jsonb) p
    ) c
    where w.id = c.id`)
}

/** Returns the ids of withdrawals with a member who has a wallet of that currency below zero. */
export const loadNegative = async (
  db: Database,
  withdrawals: readonly WithdrawalRow[],
): Promise<Set<string>> => {
  const ids = JSON.stringify(withdrawals.map(({ id }) => id))
  const { rows } = await db.execute<{ id: string }>(sql`
    select distinct w.id::text
    from withdrawals w
    join wallets l on l.owner_id = w.member_id and l.currency = w.currency
    where l.balance_minor < 0
      and w.id = any (array(select jsonb_array_elements_text(${ids}::jsonb)::uuid))`)
  return new Set(rows.map(({ id }) => id))
}

/** Returns the gross totals of withdrawals by currency. */
export const sumWithdrawals = async (
  db: Database,
  ids: readonly string[],
): Promise<Record<string, number>> => {
  const { rows } = await db.execute<{ currency: string; sum: number }>(sql`
    select w.currency, sum(w.gross_minor)::float8 as sum
    from withdrawals w
    where w.id = any (array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid))
    group by w.currency`)
  return Object.fromEntries(rows.map(({ currency, sum }) => [currency, sum]))
}
