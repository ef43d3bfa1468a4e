import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import type { ListTab } from './deskQuery.ts'

/** What is open at the desk, without what is done. */
export type DeskCounts = Record<Exclude<ListTab, 'done'>, number> & {
  /** Gross amounts that wait, by currency. */
  waitingMinor: Record<string, number>
  /** Of what waits: older than a day. */
  old: number
  /** Of what waits: approved by one of two people. */
  second: number
  /** Of what is on hold: the next date has passed. */
  overdue: number
}

/** Counts what is open at the desk, by tab, and sums what waits. */
export const countDesk = async (db: Database, now: Date): Promise<DeskCounts> => {
  const at = now.toISOString()
  const { rows } = await db.execute<DeskCounts>(sql`
    with waiting as (select * from withdrawals where status = 'requested')
    select
      (select count(*)::int from waiting) as waiting,
      (select count(*)::int from withdrawals where status = 'on-hold') as "on-hold",
      (select count(*)::int from withdrawals where status = 'approved') as "to-pay",
      (select count(*)::int from withdrawals where status = 'sent') as sent,
      (select count(*)::int from withdrawals where status = 'in-doubt') as "in-doubt",
      (select count(distinct withdrawal_id)::int from payout_attempts
        where late_status = 'open') as "paid-late",
      (select coalesce(json_object_agg(currency, minor), '{}') from (
        select currency, sum(gross_minor) as minor from waiting group by currency) sums
      ) as "waitingMinor",
      (select count(*)::int from waiting
        where created_at < ${at}::timestamptz - interval '1 day') as old,
      (select count(*)::int from waiting w where approvals_needed > 1 and exists (
        select 1 from withdrawal_approvals v
        where v.withdrawal_id = w.id and v.round = w.round)) as second,
      (select count(*)::int from withdrawals
        where status = 'on-hold' and hold_until < ${at}) as overdue`)
  const [counts] = rows
  if (!counts) throw new Error('The counts of the desk were not read.')
  return counts
}
