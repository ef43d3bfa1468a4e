import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import { addDays } from '../../domain/dates.ts'
import type { NameMatch } from '../../domain/payouts/compareNames.ts'
import type { MethodKind } from '../../domain/payouts/methodKinds.ts'

export type RequestAsk = {
  member: string
  method: string
  currency: string
  now: Date
}

/** What decides about a request, as it is stored. Amounts are minor units of the currency. */
export type StoredFacts = {
  method: {
    kind: MethodKind
    display: string
    status: 'active' | 'removed' | 'unverified'
    usableFrom: string | null
    verifiedAt: string | null
    nameMatch: NameMatch
  } | null
  wallet: { availableMinor: number; isFrozen: boolean; isAnyNegative: boolean }
  isUnderReview: boolean
  dayMinor: number
  taxId: string | null
  memberSince: string
  settledCount: number
  /** Gross amounts approved without a person in the last 24 hours. */
  autoDayMinor: number
  lastReturnedAt: string | null
  lateSuccesses: number
  sharesAccount: boolean
}

/**
 * Locks the member's available wallet until the transaction ends, so that requests of one member
 * follow each other, and loads what decides about a request.
 */
export const loadRequestFacts = async (
  db: Database,
  { currency, member, method, now }: RequestAsk,
): Promise<StoredFacts> => {
  await db.execute(sql`
    select 1 from wallets
    where owner_id = ${member} and currency = ${currency} and kind = 'available'
    for no key update`)
  const dayAgo = addDays(now, -1).toISOString()
  // A statement of its own, so that it sees what was committed while it waited for the lock.
  const { rows } = await db.execute<StoredFacts>(sql`
    select
      (select json_build_object(
          'kind', m.kind, 'display', m.display, 'status', m.status,
          'usableFrom', m.usable_from, 'verifiedAt', m.verified_at, 'nameMatch', m.name_match)
        from payout_methods m where m.id = ${method} and m.member_id = ${member}) as method,
      (select json_build_object(
          'availableMinor', coalesce(sum(l.balance_minor) filter (where l.kind = 'available'), 0),
          'isFrozen', coalesce(bool_or(l.frozen_at is not null), false),
          'isAnyNegative', coalesce(bool_or(l.balance_minor < 0), false))
        from wallets l where l.owner_id = ${member} and l.currency = ${currency}) as wallet,
      u.review_reason is not null as "isUnderReview",
      (select coalesce(sum(w.gross_minor), 0)::float8 from withdrawals w
        where w.member_id = ${member} and w.currency = ${currency} and w.created_at > ${dayAgo}
          and w.status::text not in ('rejected', 'cancelled', 'failed', 'returned')) as "dayMinor",
      (select t.id::text from tax_ids t
        where t.member_id = ${member} and t.removed_at is null) as "taxId",
      to_json(u.created_at) #>> '{}' as "memberSince",
      (select count(*)::int from withdrawals w
        where w.member_id = ${member} and w.status = 'settled') as "settledCount",
      (select coalesce(sum(w.gross_minor), 0)::float8 from withdrawals w
        where w.member_id = ${member} and w.currency = ${currency} and w.created_at > ${dayAgo}
          and w.is_auto_approved) as "autoDayMinor",
      (select to_json(max(w.returned_at)) #>> '{}' from withdrawals w
        where w.member_id = ${member}) as "lastReturnedAt",
      (select count(*)::int from payout_attempts a join withdrawals w on w.id = a.withdrawal_id
        where w.member_id = ${member} and a.late_status is not null) as "lateSuccesses",
      exists (select 1 from payout_methods own
        join payout_methods other on other.fingerprint = own.fingerprint
          and other.member_id <> own.member_id
        where own.id = ${method}) as "sharesAccount"
    from users u
    where u.id = ${member}`)
  const [facts] = rows
  if (!facts) throw new Error('The member is not there.')
  return facts
}
