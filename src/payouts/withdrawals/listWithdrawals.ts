import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import type { WithdrawalStatus } from '../../domain/payouts/withdrawalStates.ts'

/** A withdrawal as operators list it, with its latest attempt. The account is masked. */
export type ListedWithdrawal = {
  id: string
  reference: string
  status: WithdrawalStatus
  email: string
  display: string
  netMinor: number
  currency: string
  driver: string
  bankProfile: string | null
  isPaidLate: boolean
  createdAt: string
  /** The key of its latest attempt. */
  attempt: string | null
  batch: string | null
  inDoubtSince: string | null
}

type Ask = {
  /** Empty: all that are not final, and those that were paid late. */
  statuses: readonly WithdrawalStatus[]
  limit: number
}

/** Lists withdrawals, the oldest first. */
export const listWithdrawals = async (
  db: Database,
  { limit, statuses }: Ask,
): Promise<ListedWithdrawal[]> => {
  const given = JSON.stringify(statuses)
  const { rows } = await db.execute<ListedWithdrawal>(sql`
    select w.id::text,
      w.reference,
      w.status::text,
      u.email,
      m.display,
      w.net_minor::float8 as "netMinor",
      w.currency,
      w.driver,
      w.bank_profile as "bankProfile",
      coalesce(w.is_paid_late, false) as "isPaidLate",
      to_json(w.created_at) #>> '{}' as "createdAt",
      a.key as attempt,
      b.reference as batch,
      to_json(a.in_doubt_since) #>> '{}' as "inDoubtSince"
    from withdrawals w
    join users u on u.id = w.member_id
    join payout_methods m on m.id = w.method_id
    left join lateral (
      select key, batch_id, in_doubt_since from payout_attempts
      where withdrawal_id = w.id order by number desc limit 1
    ) a on true
    left join payout_batches b on b.id = a.batch_id
    where case when ${given}::jsonb = '[]'
      then w.is_paid_late
        or w.status in ('requested', 'on-hold', 'approved', 'sent', 'in-doubt')
      else w.status::text in (select jsonb_array_elements_text(${given}::jsonb)) end
    order by w.created_at, w.id
    limit ${limit}`)
  return rows
}

/** Returns the ids of withdrawals by their references; unknown ones are missing. */
export const findReferences = async (
  db: Database,
  references: readonly string[],
): Promise<Map<string, string>> => {
  const { rows } = await db.execute<{ reference: string; id: string }>(sql`
    select reference, id::text from withdrawals
    where reference in (select jsonb_array_elements_text(${JSON.stringify(references)}::jsonb))`)
  return new Map(rows.map(({ id, reference }) => [reference, id]))
}
