import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'

import type { Database } from '../../database/dbIn.ts'
import type { WalletProblem } from './markWallets.ts'
import type { VerifyRows } from './rowsToVerify.ts'

/**
 * Compares payments, commissions, refunds and cashback events with each other and with the
 * transfers that are linked to them.
 */
export const findWrongDecisions = async (
  db: Database,
  rows: VerifyRows,
): Promise<WalletProblem[]> => {
  const found: WalletProblem[] = []
  for (const query of [
    wrongReversals,
    duplicateDecisions,
    wrongCommissions,
    wrongRefundTotals,
    wrongClawbacks,
    wrongCashback,
  ]) {
    const { rows: wrong } = await db.execute<Row>(query(rows))
    found.push(...wrong.map((row) => ({ ...row, wallets: [] })))
  }
  return found
}

type Row = Pick<WalletProblem, 'detail' | 'problem' | 'subject'>
type Query = (rows: VerifyRows) => SQL

/**
 * Expected: a completed payment has a decision, and the reversed part of its commission is
 * half-up(commission × refunded ÷ payment), at the commission's own terms.
 */
const wrongReversals: Query = ({ payments }) => sql`
  select
    case when c.id is null then 'payment-without-decision' else 'reversal-differs' end as problem,
    coalesce(c.id, p.id)::text as subject,
    case when c.id is null then 'completed, but no commission row'
      else 'reversed ' || c.reversed_minor || ' after refunds of ' || p.refunded_minor end as detail
  from ${payments} p left join commissions c on c.payment_id = p.id
  where (p.status = 'completed' and c.id is null)
    or ((p.refunded_minor > 0 or c.reversed_minor > 0)
      and c.status in ('held', 'awarded', 'partly-reversed', 'reversed')
      and c.reversed_minor <> div(c.amount_minor::numeric * p.refunded_minor * 2 + c.base_minor,
        c.base_minor::numeric * 2))
  order by 2`

/** A unique index excludes duplicates, so the rows are counted only when it is missing. */
const duplicateDecisions: Query = ({ commissions }) => sql`
  select 'payment-decided-twice' as problem, payment_id::text as subject,
    count(*) || ' commission rows' as detail
  from ${commissions} c
  where not exists (
    select 1 from pg_index where indrelid = 'commissions'::regclass and indisunique and indisvalid
      and indpred is null and pg_get_indexdef(indexrelid) like '%(payment_id)')
  group by payment_id having count(*) > 1 order by 2`

/**
 * Expected: commission less clawback is what the status says. A part that was reversed while the
 * commission was held never moved.
 */
const wrongCommissions: Query = ({ commissions, postings }) => sql`
  select 'commission-differs' as problem, c.id::text as subject,
    c.status || ': its transfers come to ' || abs(x.excess)
      || case when x.excess > 0 then ' more' else ' less' end || ' than is due' as detail
  from (
    select id, sum(amount) as excess from (
      select commission_id as id,
        case kind when 'commission' then amount_minor else -amount_minor end as amount
      from ${postings} posting where kind in ('commission', 'clawback')
      union all
      select id, reversed_minor - amount_minor from ${commissions} commission
      where status in ('awarded', 'partly-reversed', 'reversed')
    ) part group by id having sum(amount) <> 0
  ) x join commissions c on c.id = x.id order by 2`

/** Expected: a payment's `refunded_minor` is the sum of its refunds. Most payments have none. */
const wrongRefundTotals: Query = ({ payments, refunds }) => sql`
  select
    'refunds-differ' as problem,
    coalesce(p.id, r.id)::text as subject,
    'refunded ' || coalesce(p.refunded_minor, 0)
      || ', its refunds come to ' || coalesce(r.sum, 0) as detail
  from (select id, refunded_minor from ${payments} payment where refunded_minor <> 0) p
  full join (
    select payment_id as id, sum(amount_minor) as sum from ${refunds} refund group by payment_id
  ) r on r.id = p.id
  where p.refunded_minor is distinct from r.sum order by 2`

/**
 * Expected: a refund has at most one clawback, from the commission of its own payment, of its share
 * up to rounding.
 */
const wrongClawbacks: Query = ({ clawbacks }) => sql`
  select 'clawback-differs' as problem, r.id::text as subject,
    taken.sum || ' taken back by ' || taken.times || ' transfers' as detail
  from (
    select
      refund_id,
      min(commission_id::text)::uuid as commission_id,
      sum(amount_minor) as sum,
      count(*) as times
    from ${clawbacks} clawback where kind = 'clawback' group by refund_id
  ) taken
  join refunds r on r.id = taken.refund_id left join commissions c on c.payment_id = r.payment_id
  where taken.times > 1 or c.id is distinct from taken.commission_id
    or abs(taken.sum * c.base_minor - c.amount_minor::numeric * r.amount_minor) >= c.base_minor
  order by 2`

/**
 * Expected: the credited amount of an event is the sum of its transfers to its own member. In a
 * currency that the event had before, the transfers sum to zero.
 */
const wrongCashback: Query = ({ cashbackEvents, cashbackMoves }) => sql`
  select
    'cashback-differs' as problem,
    e.id::text as subject,
    e.status || ': ' || e.credited_minor || ' credited by ' || e.postings
      || ' transfers, there are '
      || coalesce(t.sum, 0) || ' by ' || coalesce(t.times, 0)
      || case when t.strays then ', others of another member or currency' else '' end as detail
  from ${cashbackEvents} e left join (
    select id, sum(times) as times, sum(sum) filter (where is_own) as sum,
      coalesce(bool_or(sum <> 0) filter (where not is_own), false) as strays
    from (
      select
        m.cashback_event_id as id,
        count(*) as times,
        w.owner_id = own.member_id and m.currency = own.currency as is_own,
        sum(case m.kind when 'cashback' then m.amount_minor else -m.amount_minor end) as sum
      from ${cashbackMoves} m join cashback_events own on own.id = m.cashback_event_id
      join wallets w on w.id =
        case m.kind when 'cashback' then m.to_wallet_id else m.from_wallet_id end
      group by m.cashback_event_id, w.owner_id, m.currency, own.member_id, own.currency
    ) side group by id
  ) t on t.id = e.id
  where coalesce(t.sum, 0) <> e.credited_minor or coalesce(t.times, 0) <> e.postings or t.strays
  order by 2`
