import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { readDb } from '../database/readDb.ts'

/** The state of the programme, in one currency. Minor units. */
export type ProgramTrend = {
  /** The last twelve months, by the month of the decision; the last one is still running. */
  months: { month: string; awardedMinor: number; reversedMinor: number; netMinor: number }[]
  /** The previous month, up to the same day and time. */
  lastMonthSoFar: { from: string; to: string; netMinor: number }
  held: { commissions: number; amountMinor: number; nextAt: string | null }
  /** The sum of all members' wallets, which the operator owes them. */
  owed: { members: number; amountMinor: number }
}

/**
 * Loads the trend in one statement. Months begin at midnight in `timeZone`. Does not check
 * permissions.
 */
export const loadProgramTrend = async (
  req: Pick<PayloadRequest, 'payload' | 'transactionID'>,
  { currency, now, timeZone }: { currency: string; now: Date; timeZone: string },
): Promise<ProgramTrend> => {
  const db = await readDb(req)
  const at = sql`(${now.toISOString()}::timestamptz at time zone ${timeZone})`
  const { rows } = await db.execute<{ trend: ProgramTrend }>(sql`
    with starts as (
      select month, month at time zone ${timeZone} as opens,
        (month + interval '1 month') at time zone ${timeZone} as closes
      from generate_series(date_trunc('month', ${at}) - interval '11 months',
        date_trunc('month', ${at}), interval '1 month') as month
    ), posted as materialized (
      select decided_at, amount_minor, reversed_minor from commissions
      where currency = ${currency} and status in ('awarded', 'partly-reversed', 'reversed')
        and decided_at >= (select min(opens) from starts)
    ), bounds as (
      select opens, least(closes, (${at} - interval '1 month') at time zone ${timeZone}) as until
      from starts order by month desc offset 1 limit 1
    )
    select jsonb_build_object(
      'months', (select jsonb_agg(jsonb_build_object('month', opens, 'awardedMinor', awarded,
          'reversedMinor', reversed, 'netMinor', awarded - reversed) order by opens)
        from (select opens, coalesce(sum(amount_minor), 0) as awarded,
            coalesce(sum(reversed_minor), 0) as reversed
          from starts left join posted on decided_at >= opens and decided_at < closes
          group by opens) by_month),
      'lastMonthSoFar', (select jsonb_build_object('from', opens, 'to', until, 'netMinor', (
          select coalesce(sum(amount_minor - reversed_minor), 0) from posted
          where decided_at >= opens and decided_at < until)) from bounds),
      'held', (select jsonb_build_object('commissions', count(*), 'nextAt', min(hold_until),
          'amountMinor', coalesce(sum(amount_minor - reversed_minor), 0))
        from commissions where status = 'held' and currency = ${currency}),
      'owed', (select jsonb_build_object('amountMinor', coalesce(sum(balance_minor), 0),
          'members', count(distinct owner_id) filter (where balance_minor <> 0))
        from wallets where owner_id is not null and currency = ${currency})
    ) as trend`)
  const [row] = rows
  if (!row) throw new Error('An aggregate returned no row.')
  return row.trend
}
