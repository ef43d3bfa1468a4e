import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import type { SkipReason } from '../domain/referrals/commission.ts'
import { readDb } from '../database/readDb.ts'

/** Figures of the payments that were decided in a period, in one currency. Minor units. */
export type ProgramStats = {
  cost: {
    /** Posted commissions, and what refunds have taken back of them since. */
    awarded: number
    awardedMinor: number
    reversedMinor: number
    netMinor: number
    /** All payments of referred members without the held ones, also those that earned nothing. */
    referredMinor: number
    /** `netMinor` in basis points of `referredMinor`; null without such payments. */
    effectiveBps: number | null
    held: number
    heldMinor: number
  }
  payments: { decided: number; earned: number }
  /** All members with a referrer, and those of them with a completed payment in any currency. */
  members: { referred: number; paying: number }
  /** Why payments earned nothing, the most frequent first. */
  reasons: { reason: SkipReason; payments: number }[]
  referrers: number
  topReferrers: { id: string; name: string; payments: number; netMinor: number }[]
}

const TOP = 5

/** Loads the programme's figures of `[from, to)` in one statement. Does not check permissions. */
export const loadProgramStats = async (
  req: Pick<PayloadRequest, 'payload' | 'transactionID'>,
  { currency, from, to }: { currency: string; from: Date; to: Date },
): Promise<ProgramStats> => {
  const db = await readDb(req)
  const { rows } = await db.execute<{ stats: ProgramStats }>(sql`
    with decided as materialized (
      select referrer_id, status, reason, base_minor, amount_minor, reversed_minor,
        status in ('awarded', 'partly-reversed', 'reversed') as is_posted
      from commissions where currency = ${currency}
        and decided_at >= ${from.toISOString()} and decided_at < ${to.toISOString()}
    ), earners as (
      select referrer_id, count(*) as payments, sum(amount_minor - reversed_minor) as net
      from decided where is_posted group by referrer_id
    )
    select jsonb_build_object(
      'cost', ${cost}, 'payments', ${payments}, 'members', ${members},
      'reasons', (
        select coalesce(jsonb_agg(jsonb_build_object('reason', reason, 'payments', n)
          order by n desc, reason), '[]')
        from (select reason, count(*) as n from decided where status = 'skipped'
          group by reason) skipped),
      'referrers', (select count(*) from earners),
      'topReferrers', ${topReferrers}
    ) as stats`)
  const [row] = rows
  if (!row) throw new Error('An aggregate returned no row.')
  return row.stats
}

const cost = sql`(
  select jsonb_build_object('awarded', awarded, 'awardedMinor', awarded_minor,
    'reversedMinor', reversed_minor, 'netMinor', awarded_minor - reversed_minor,
    'referredMinor', referred_minor, 'effectiveBps',
      round((awarded_minor - reversed_minor) * 10000 / nullif(referred_minor, 0)),
    'held', held, 'heldMinor', held_minor)
  from (select
    count(*) filter (where is_posted) as awarded,
    coalesce(sum(amount_minor) filter (where is_posted), 0) as awarded_minor,
    coalesce(sum(reversed_minor) filter (where is_posted), 0) as reversed_minor,
    coalesce(sum(base_minor)
      filter (where referrer_id is not null and status <> 'held'), 0) as referred_minor,
    count(*) filter (where status = 'held') as held,
    coalesce(sum(amount_minor - reversed_minor) filter (where status = 'held'), 0) as held_minor
    from decided) sums)`

const payments = sql`(
  select jsonb_build_object('decided', count(*),
    'earned', count(*) filter (where status <> 'skipped'))
  from decided)`

const members = sql`(
  select jsonb_build_object('referred', count(*), 'paying', count(*) filter (where exists (
    select 1 from payments p where p.user_id = u.id and p.status = 'completed')))
  from users u where u.referred_by_id is not null)`

const topReferrers = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'name', coalesce(u.name, u.email),
    'payments', best.payments, 'netMinor', best.net) order by best.net desc, u.id), '[]')
  from (select * from earners order by net desc, referrer_id limit ${TOP}) best
  join users u on u.id = best.referrer_id)`
