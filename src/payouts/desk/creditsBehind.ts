import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'

import { addDays } from '../../domain/dates.ts'

/**
 * Days after a payment in which we expect a refund of it. Later ones are possible and rare. Shops and
 * card schemes allow most returns within this time.
 */
const REFUND_DAYS = 90
/** The newest credits of a wallet that are looked at. */
const MAX_CREDITS = 200

/**
 * Selects the credits behind a member's balance of one currency: the newest ones that add up to what
 * is available and held, because earlier ones were paid out before. Each credit counts less what was
 * taken back of it.
 *
 * Columns: `cause`, `kind`, `at`, `net_minor`, `state`. The state is `refundable` while a refund of
 * the payment is expected, or until the network paid for the order; else `final`.
 */
export const creditsBehind = ({
  currency,
  member,
  now,
}: {
  member: SQL
  currency: SQL
  now: Date
}): SQL => sql`(
  with behind as (
    select coalesce(sum(l.balance_minor), 0) as minor
    from wallets l
    where l.owner_id = ${member} and l.currency = ${currency}
  ), latest as (
    select t.kind, t.commission_id, t.cashback_event_id, t.adjustment_id, t.id, t.amount_minor,
      t.to_version, t.posted_at
    from wallet_transactions t
    join wallets l on l.id = t.to_wallet_id
    where l.owner_id = ${member} and l.currency = ${currency} and l.kind = 'available'
      and t.to_version is not null and t.kind in ('commission', 'cashback', 'adjustment')
    order by t.to_version desc
    limit ${MAX_CREDITS}
  ), credits as (
    select coalesce(commission_id, cashback_event_id, adjustment_id, id) as cause,
      min(kind) as kind,
      max(to_version) as version,
      max(posted_at) as at,
      sum(amount_minor) as posted_minor
    from latest
    group by 1
  ), known as (
    ${selectKnown(now)}
  ), summed as (
    select known.*, sum(net_minor) over (order by version desc) - net_minor as newer_minor
    from known
    where net_minor > 0
  )
  select cause, kind, at, net_minor, state
  from summed, behind
  where newer_minor < behind.minor)`

/** What is left of each credit, and whether it can still be taken back. */
const selectKnown = (now: Date): SQL => sql`
  select c.cause, c.kind, c.version, c.at,
    case c.kind
      when 'commission' then coalesce(o.amount_minor - o.reversed_minor, c.posted_minor)
      when 'cashback' then coalesce(e.credited_minor, c.posted_minor)
      else c.posted_minor
    end as net_minor,
    case
      when c.kind = 'commission' and p.refunded_minor < p.amount_minor
        and p.completed_at > ${addDays(now, -REFUND_DAYS).toISOString()} then 'refundable'
      when c.kind = 'cashback' and e.status <> 'paid' then 'refundable'
      else 'final'
    end as state
  from credits c
  left join commissions o on o.id = c.cause
  left join payments p on p.id = o.payment_id
  left join cashback_events e on e.id = c.cause`
