import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'

import type { Database } from '../../database/dbIn.ts'
import type { WalletProblem } from './markWallets.ts'
import type { VerifyRows } from './rowsToVerify.ts'

/**
 * Compares withdrawals and the attempts to pay them with their transfers, and held balances with the
 * withdrawals that wait. The keys of transfers are `payout:<attempt>[:late][:fee|:tax][:return]`.
 */
export const findWrongPayouts = async (
  db: Database,
  rows: VerifyRows,
): Promise<WalletProblem[]> => {
  const found: WalletProblem[] = []
  for (const query of [wrongHeld, wrongWithdrawals, wrongAttempts, strayPayouts]) {
    const { rows: wrong } = await db.execute<Row>(query(rows))
    found.push(...wrong.map((row) => ({ ...row, wallets: [] })))
  }
  return found
}

type Row = Pick<WalletProblem, 'detail' | 'problem' | 'subject'>
type Query = (rows: VerifyRows) => SQL

/** Expected: a held balance is the gross sum of the withdrawals that are not sent and not ended. */
const wrongHeld: Query = ({ heldWallets, withdrawals }) => sql`
  select 'held-differs' as problem, coalesce(w.id, d.member_id)::text as subject,
    'held ' || coalesce(w.balance_minor, 0) || ' ' || coalesce(w.currency, d.currency)
      || ' for withdrawals of ' || coalesce(d.due, 0) as detail
  from ${heldWallets} w
  full join (
    select member_id, currency, sum(gross_minor) as due from ${withdrawals} waiting
    where status::text in ('requested', 'on-hold', 'approved') group by member_id, currency
  ) d on d.member_id = w.owner_id and d.currency = w.currency
  where coalesce(w.balance_minor, 0) <> coalesce(d.due, 0) order by 2`

/**
 * Expected: while a withdrawal waits, all of it is held. While it is sent, in doubt or settled, one
 * attempt is debited; a settled one may be debited late instead, by the net amount if it was paid twice
 * and one of the payments was returned. When it has ended unpaid, all of it is back.
 */
const wrongWithdrawals: Query = ({ withdrawalMoves, withdrawals }) => sql`
  select 'withdrawal-differs' as problem, w.id::text as subject,
    w.status || ' with ' || w.gross_minor || ': ' || coalesce(m.held, 0) || ' held, '
      || coalesce(m.debited, 0) || ' debited, ' || coalesce(m.late, 0) || ' debited late, '
      || coalesce(a.open, 0) || ' attempts open, ' || coalesce(a.paid, 0) || ' paid' as detail
  from ${withdrawals} w
  left join (
    select t.withdrawal_id,
      sum(case when into_wallet.kind = 'held' then t.amount_minor else 0 end
        - case when out_of.kind = 'held' then t.amount_minor else 0 end) as held,
      sum(case when t.kind = 'payout-return' then -t.amount_minor else t.amount_minor end)
        filter (where t.key like 'payout:%' and t.key not like '%:late%') as debited,
      sum(case when t.kind = 'payout-return' then -t.amount_minor else t.amount_minor end)
        filter (where t.key like 'payout:%:late%') as late
    from ${withdrawalMoves} t
    join wallets into_wallet on into_wallet.id = t.to_wallet_id
    join wallets out_of on out_of.id = t.from_wallet_id
    group by t.withdrawal_id
  ) m on m.withdrawal_id = w.id
  left join (
    select withdrawal_id,
      count(*) filter (where status::text in ('sending', 'sent', 'in-doubt')) as open,
      count(*) filter (where status::text = 'settled' or late_status = 'paid') as paid
    from payout_attempts
    where withdrawal_id in (select id from ${withdrawals} mine) group by withdrawal_id
  ) a on a.withdrawal_id = w.id
  where coalesce(m.held, 0) <>
      case when w.status::text in ('requested', 'on-hold', 'approved') then w.gross_minor else 0 end
    or coalesce(a.open, 0) <> case when w.status::text in ('sent', 'in-doubt') then 1 else 0 end
    or case w.status::text
      when 'sent' then coalesce(m.debited, 0) <> w.gross_minor
      when 'in-doubt' then coalesce(m.debited, 0) <> w.gross_minor
      when 'settled' then coalesce(a.paid, 0) = 0 or not (
        coalesce(m.debited, 0) = w.gross_minor
        or coalesce(m.debited, 0) = 0 and coalesce(m.late, 0) >= w.net_minor)
      else coalesce(m.debited, 0) <> 0 end
  order by 2`

/**
 * Expected: an attempt pays the net amount, and has debited the gross amount once. A failed or
 * returned one has given all of it back. One that was paid late has debited the gross amount again,
 * or the net amount of a withdrawal that was paid twice; that comes back when the bank returns it.
 */
const wrongAttempts: Query = ({ withdrawalMoves, withdrawals }) => sql`
  select 'attempt-differs' as problem, a.id::text as subject,
    a.status || ' with ' || a.amount_minor || ' of ' || w.gross_minor || ': '
      || coalesce(m.debited, 0) || ' debited, ' || coalesce(m.back, 0) || ' back, '
      || coalesce(m.late, 0) || ' debited late, ' || coalesce(m.late_back, 0)
      || ' of it back' as detail
  from ${withdrawals} w
  join payout_attempts a on a.withdrawal_id = w.id
  left join (
    select split_part(key, ':', 2) as attempt, withdrawal_id,
      sum(amount_minor) filter (where key not like '%:return' and key not like '%:late%')
        as debited,
      sum(amount_minor) filter (where key not like '%:return' and key !~ ':(late|fee|tax)')
        as net,
      sum(amount_minor) filter (where key like '%:return' and key not like '%:late%') as back,
      sum(amount_minor) filter (where key like '%:late%' and key not like '%:return') as late,
      sum(amount_minor) filter (where key like '%:late%:return') as late_back
    from ${withdrawalMoves} t where key like 'payout:%' group by 1, 2
  ) m on m.attempt = a.key and m.withdrawal_id = w.id
  where a.amount_minor <> w.net_minor
    or coalesce(m.net, 0) <> a.amount_minor
    or coalesce(m.debited, 0) <> w.gross_minor
    or coalesce(m.back, 0) <>
      case when a.status::text in ('failed', 'returned') then w.gross_minor else 0 end
    or case when a.late_status = 'paid'
      then coalesce(m.late, 0) not in (w.gross_minor, w.net_minor)
      else coalesce(m.late, 0) <> 0 end
    or (coalesce(m.late_back, 0) <> 0
      and (m.late_back <> m.late or a.status::text <> 'returned'))
  order by 2`

/** Expected: every transfer of a payout names an attempt of its withdrawal. */
const strayPayouts: Query = ({ transfers }) => sql`
  select 'payout-without-attempt' as problem, t.id::text as subject,
    t.kind || ' of ' || t.amount_minor || ' ' || t.currency as detail
  from ${transfers} t
  where t.kind in ('payout', 'payout-fee', 'tax', 'payout-return', 'payout-late')
    and not exists (
      select 1 from payout_attempts a
      where a.key = split_part(t.key, ':', 2) and a.withdrawal_id = t.withdrawal_id)
  order by 2`
