import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'

import type { Database } from '../../database/dbIn.ts'
import type { AlertKind } from '../../messaging/templates/operationsAlert.ts'

export type Alert = {
  kind: AlertKind
  count: number
  /** The page of the admin panel that lists them. */
  path: string
}

type Source = {
  kind: AlertKind
  /** The list in the admin panel. */
  path: string
  /** Selects one number. */
  count: (times: { at: string; overdueDays: number }) => SQL
}

const listOf = (collection: string, field: string, value: string): string =>
  `/admin/collections/${collection}?where[${field}][equals]=${value}`

/** What is counted, and where it is listed. A new kind of alert is a new entry, and its texts. */
const SOURCES: Source[] = [
  {
    kind: 'withdrawals-waiting',
    path: listOf('withdrawals', 'status', 'requested'),
    count: ({ at, overdueDays }) => sql`
      select count(*) from withdrawals
      where status = 'requested'
        and created_at < ${at}::timestamptz - make_interval(days => ${overdueDays})`,
  },
  {
    kind: 'holds-overdue',
    path: listOf('withdrawals', 'status', 'on-hold'),
    count: ({ at }) => sql`
      select count(*) from withdrawals
      where status = 'on-hold' and hold_until < ${at}::timestamptz`,
  },
  {
    kind: 'payouts-in-doubt',
    path: listOf('payout-attempts', 'status', 'in-doubt'),
    count: ({ at }) => sql`
      select count(*) from payout_attempts
      where status = 'in-doubt' and in_doubt_since < ${at}::timestamptz - interval '24 hours'`,
  },
  {
    kind: 'paid-late',
    path: listOf('payout-attempts', 'lateStatus', 'open'),
    count: () => sql`select count(*) from payout_attempts where late_status = 'open'`,
  },
  {
    kind: 'wallets-frozen',
    path: '/admin/collections/wallets?where[frozenAt][exists]=true',
    count: () => sql`select count(*) from wallets where frozen_at is not null`,
  },
  {
    kind: 'verification-failed',
    path: listOf('job-runs', 'job', 'verify-wallets'),
    count: () => sql`
      select count(*) from (
        select status from job_runs
        where job = 'verify-wallets' and status in ('completed', 'failed')
        order by started_at desc limit 1
      ) last
      where status = 'failed'`,
  },
  {
    kind: 'dead-letters',
    path: '/admin/queues',
    count: () => sql`select count(*) from notifications where status = 'dead'`,
  },
]

/** Returns what an operator has to look at now. Kinds with nothing to see are left out. */
export const findAlerts = async (
  db: Database,
  { now, overdueDays }: { now: Date; overdueDays: number },
): Promise<Alert[]> => {
  const alerts: Alert[] = []
  for (const { count, kind, path } of SOURCES) {
    const { rows } = await db.execute<{ count: string }>(
      count({ at: now.toISOString(), overdueDays }),
    )
    const found = Number(rows[0]?.count ?? 0)
    if (found > 0) alerts.push({ kind, count: found, path })
  }
  return alerts
}
