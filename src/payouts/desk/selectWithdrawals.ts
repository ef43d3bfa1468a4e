import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'

import type { Database } from '../../database/dbIn.ts'
import type { DeskFilters, ListTab } from './deskQuery.ts'

const CONDITIONS: Record<ListTab, SQL> = {
  waiting: sql`w.status = 'requested'`,
  'on-hold': sql`w.status = 'on-hold'`,
  'to-pay': sql`w.status = 'approved'`,
  sent: sql`w.status = 'sent'`,
  'in-doubt': sql`w.status = 'in-doubt'`,
  'paid-late': sql`w.is_paid_late`,
  done: sql`w.status in ('settled', 'failed', 'returned', 'rejected', 'cancelled')`,
}

/** What has waited longest comes first, and of what is done the latest. */
const ORDERS: Record<ListTab, SQL> = {
  waiting: sql`w.created_at, w.id`,
  'on-hold': sql`w.hold_until, w.id`,
  'to-pay': sql`w.approved_at, w.id`,
  sent: sql`w.sent_at, w.id`,
  'in-doubt': sql`(select min(a.in_doubt_since) from payout_attempts a
    where a.withdrawal_id = w.id and a.status = 'in-doubt'), w.id`,
  'paid-late': sql`(select min(a.late_at) from payout_attempts a
    where a.withdrawal_id = w.id and a.late_status = 'open'), w.id`,
  done: sql`w.updated_at desc, w.id`,
}

type Listed = { tab: ListTab; filters: DeskFilters }

/** Returns the ids of a tab's withdrawals in the order of the desk. */
export const selectWithdrawals = async (
  db: Database,
  { filters, limit, offset, tab }: Listed & { limit: number; offset: number },
): Promise<string[]> => {
  const { rows } = await db.execute<{ id: string }>(sql`
    select w.id::text
    from withdrawals w
    join users u on u.id = w.member_id
    where ${CONDITIONS[tab]} and ${matches(filters)}
    order by ${ORDERS[tab]}
    limit ${limit} offset ${offset}`)
  return rows.map(({ id }) => id)
}

/** The most that is counted: what is done grows without end. */
export const MAX_COUNT = 10_000

/** Counts a tab's withdrawals, up to `MAX_COUNT`. */
export const countWithdrawals = async (db: Database, { filters, tab }: Listed): Promise<number> => {
  const { rows } = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from (
      select 1
      from withdrawals w
      join users u on u.id = w.member_id
      where ${CONDITIONS[tab]} and ${matches(filters)}
      limit ${MAX_COUNT}) counted`)
  return rows[0]?.count ?? 0
}

const matches = ({ currency, kind, text }: DeskFilters): SQL => {
  const needle = text.toLowerCase()
  return sql.join(
    [
      sql`true`,
      ...(currency ? [sql`w.currency = ${currency}`] : []),
      ...(kind ? [sql`w.method_kind = ${kind}::text::enum_withdrawals_method_kind`] : []),
      ...(needle
        ? [sql`strpos(lower(concat_ws(' ', w.reference, u.name, u.email)), ${needle}) > 0`]
        : []),
    ],
    sql` and `,
  )
}
