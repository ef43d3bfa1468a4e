import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import type { NameMatch } from '../../domain/payouts/compareNames.ts'
import type { AttemptStatus } from '../../domain/payouts/attemptStates.ts'
import type { MethodKind } from '../../domain/payouts/methodKinds.ts'
import type { WithdrawalStatus } from '../../domain/payouts/withdrawalStates.ts'
import { creditsBehind } from './creditsBehind.ts'

type DeskAttempt = {
  key: string
  driver: string
  status: AttemptStatus
  code: string | null
  detail: string | null
  remedy: string | null
  inDoubtSince: string | null
  lateAt: string | null
  lookCount: number
}

/** A withdrawal with what decides about it. Amounts are minor units of `currency`. */
export type DeskRow = {
  id: string
  reference: string
  status: WithdrawalStatus
  member: string
  memberName: string
  memberSince: string
  methodKind: MethodKind
  /** The masked account. */
  display: string
  holderName: string
  nameMatch: NameMatch
  /** When the member confirmed the method. */
  methodSince: string
  driver: string
  bankProfile: string | null
  grossMinor: number
  feeMinor: number
  deductionMinor: number
  netMinor: number
  currency: string
  requestedAt: string
  approvedAt: string | null
  sentAt: string | null
  endedAt: string | null
  approvalsNeeded: number
  /** Who approved it in the present round. */
  approvedBy: string[]
  isAutoApproved: boolean
  isPaidLate: boolean
  reason: string | null
  holdUntil: string | null
  holdOwner: string | null
  nextAttemptAt: string | null
  /** The latest attempt; in the case of a late success, the one that waits for an answer. */
  attempt: DeskAttempt | null
  /** Other members with the same account. */
  otherMembers: number
  settledCount: number
  largestSettledMinor: number
  isNegative: boolean
  frozenReason: string | null
  reviewReason: string | null
  /** What can still be taken back of the earnings behind the balance. */
  refundableMinor: number
}

/** Loads withdrawals by their ids, in the order of the ids, with a fixed number of statements. */
export const loadDeskRows = async (
  db: Database,
  { ids, now }: { ids: readonly string[]; now: Date },
): Promise<DeskRow[]> => {
  if (ids.length === 0) return []
  const credits = creditsBehind({ member: sql`w.member_id`, currency: sql`w.currency`, now })
  const { rows } = await db.execute<DeskRow>(sql`
    select w.id::text,
      w.reference,
      w.status::text,
      w.member_id::text as member,
      coalesce(u.name, u.email) as "memberName",
      to_json(u.created_at) #>> '{}' as "memberSince",
      ${FACTS},
      (select coalesce(json_agg(v.by_id::text order by v.at), '[]') from withdrawal_approvals v
        where v.withdrawal_id = w.id and v.round = w.round) as "approvedBy",
      to_json(w.hold_until) #>> '{}' as "holdUntil",
      coalesce(o.name, o.email) as "holdOwner",
      to_json(w.next_attempt_at) #>> '{}' as "nextAttemptAt",
      ${ATTEMPT} as attempt,
      (select count(distinct x.member_id)::int from payout_methods x
        where x.fingerprint = m.fingerprint and x.member_id <> m.member_id) as "otherMembers",
      settled.count as "settledCount",
      settled.largest as "largestSettledMinor",
      coalesce(wallet.is_negative, false) as "isNegative",
      wallet.frozen_reason as "frozenReason",
      u.review_reason as "reviewReason",
      (select coalesce(sum(c.net_minor) filter (where c.state = 'refundable'), 0)::float8
        from ${credits} c) as "refundableMinor"
    from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) with ordinality given (id, place)
    join withdrawals w on w.id = given.id::uuid
    join users u on u.id = w.member_id
    join payout_methods m on m.id = w.method_id
    left join users o on o.id = w.hold_owner_id
    cross join lateral (
      select count(*)::int as count,
        coalesce(max(s.gross_minor) filter (where s.currency = w.currency), 0)::float8 as largest
      from withdrawals s
      where s.member_id = w.member_id and s.status = 'settled' and s.id <> w.id) settled
    cross join lateral (
      select bool_or(l.balance_minor < 0) as is_negative,
        max(coalesce(l.frozen_reason, 'The wallet is frozen.'))
          filter (where l.frozen_at is not null) as frozen_reason
      from wallets l
      where l.owner_id = w.member_id and l.currency = w.currency) wallet
    order by given.place`)
  return rows
}

const FACTS = sql`
  coalesce(w.is_auto_approved, false) as "isAutoApproved",
  coalesce(w.is_paid_late, false) as "isPaidLate",
  w.reason,
  w.method_kind::text as "methodKind",
  m.display,
  m.holder_name as "holderName",
  m.name_match::text as "nameMatch",
  to_json(coalesce(m.verified_at, m.created_at)) #>> '{}' as "methodSince",
  w.driver,
  w.bank_profile as "bankProfile",
  w.gross_minor::float8 as "grossMinor",
  w.fee_minor::float8 as "feeMinor",
  w.deduction_minor::float8 as "deductionMinor",
  w.net_minor::float8 as "netMinor",
  w.currency,
  to_json(w.created_at) #>> '{}' as "requestedAt",
  to_json(w.approved_at) #>> '{}' as "approvedAt",
  to_json(w.sent_at) #>> '{}' as "sentAt",
  to_json(w.ended_at) #>> '{}' as "endedAt",
  w.approvals_needed::int as "approvalsNeeded"`

const ATTEMPT = sql`(select json_build_object(
    'key', a.key, 'driver', a.driver, 'status', a.status, 'code', a.code,
    'detail', a.detail, 'remedy', a.remedy, 'inDoubtSince', a.in_doubt_since,
    'lateAt', a.late_at, 'lookCount', a.look_count)
  from payout_attempts a where a.withdrawal_id = w.id
  order by a.late_status is not distinct from 'open' desc, a.number desc
  limit 1)`
