import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import { withdrawalColumns, type WithdrawalRow } from './withdrawalStore.ts'

type Claimable = {
  drivers: readonly string[]
  limit: number
  now: Date
  /** Only those of a profile of bank files. */
  bankProfile?: string
  /** Only these; null for all. */
  ids?: readonly string[] | null
}

/**
 * Locks approved withdrawals that a driver can pay now, the earliest approved first. Leaves out those
 * of a member with a wallet below zero or frozen, or under review, and those that another process
 * has locked.
 */
export const lockClaimable = async (
  db: Database,
  { bankProfile, drivers, ids = null, limit, now }: Claimable,
): Promise<WithdrawalRow[]> => {
  const given = ids === null ? null : JSON.stringify(ids)
  const { rows } = await db.execute<WithdrawalRow>(sql`
    select ${withdrawalColumns}
    from withdrawals w
    join payout_methods m on m.id = w.method_id
    join users u on u.id = w.member_id
    where w.status = 'approved'
      and not coalesce(w.is_paid_late, false)
      and w.driver = any (array(select jsonb_array_elements_text(${JSON.stringify(drivers)}::jsonb)))
      and (${bankProfile ?? null}::text is null or w.bank_profile = ${bankProfile ?? null})
      and (${given}::jsonb is null
        or w.id in (select jsonb_array_elements_text(${given}::jsonb)::uuid))
      and coalesce(w.next_attempt_at, w.approved_at) <= ${now.toISOString()}
      and u.review_reason is null
      and not exists (
        select 1 from wallets l
        where l.owner_id = w.member_id and l.currency = w.currency
          and (l.balance_minor < 0 or l.frozen_at is not null))
    order by w.approved_at, w.id
    limit ${limit}
    for no key update of w skip locked`)
  return rows
}
