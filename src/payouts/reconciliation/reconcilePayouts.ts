import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'

/** The attempts of one day (UTC) by one batch or driver, in one currency. Minor units. */
export type PayoutDay = {
  day: string
  driver: string
  /** The reference of the batch of a bank file; empty for a driver. */
  batch: string
  currency: string
  attempts: number
  /** All of them, then by what became of them. */
  sentMinor: number
  /** Sent, and without an answer. */
  openMinor: number
  inDoubtMinor: number
  settledMinor: number
  failedMinor: number
  returnedMinor: number
  /** Paid after the money had gone back, as a person found. */
  latePaidMinor: number
  /** What the transfers of these attempts come to in the wallet `payouts`. */
  ledgerMinor: number
  /** Ledger less open, in doubt, settled and paid late: zero, or there is something unexplained. */
  differenceMinor: number
}

/** An attempt with other transfers than its status explains, or a transfer without an attempt. */
type Unexplained = {
  /** The key of the attempt; null for a transfer that names none. */
  attempt: string | null
  /** The key of the transfer, where there is no attempt. */
  transfer: string | null
  batch: string | null
  driver: string | null
  currency: string
  expectedMinor: number
  ledgerMinor: number
  differenceMinor: number
}

export type PayoutReconciliation = { rows: PayoutDay[]; unexplained: Unexplained[] }

type Ask = {
  from: Date
  /** The first instant after the period. */
  to: Date
  /** Absent: all. */
  currency?: string | undefined
}

/** Unexplained items that are listed, the largest first. */
const MAX_LISTED = 1_000

/**
 * Compares the attempts of a period with the transfers of the wallet `payouts`, by day, batch, driver
 * and currency, the newest day first. An attempt counts on the day when it was made, also with what
 * happened to it later.
 */
export const reconcilePayouts = async (db: Database, ask: Ask): Promise<PayoutReconciliation> => {
  const { rows } = await db.execute<PayoutDay>(sql`
    with ${selectAttempts(ask)}
    select day,
      driver,
      coalesce(batch, '') as batch,
      currency,
      count(*)::int as attempts,
      ${sum(sql`true`)} as "sentMinor",
      ${sum(sql`status in ('sending', 'sent')`)} as "openMinor",
      ${sum(sql`status = 'in-doubt'`)} as "inDoubtMinor",
      ${sum(sql`status = 'settled'`)} as "settledMinor",
      ${sum(sql`status = 'failed'`)} as "failedMinor",
      ${sum(sql`status = 'returned'`)} as "returnedMinor",
      ${sum(sql`is_late_paid`)} as "latePaidMinor",
      sum(ledger)::float8 as "ledgerMinor",
      sum(ledger - expected)::float8 as "differenceMinor"
    from compared
    group by day, driver, batch, currency
    order by day desc, driver, batch, currency`)
  return { rows, unexplained: await findUnexplained(db, ask) }
}

const sum = (condition: ReturnType<typeof sql>) =>
  sql`coalesce(sum(amount) filter (where ${condition}), 0)::float8`

/**
 * The attempts of the period: what should be in `payouts` for each, and what its transfers come to. A
 * debit after the money had gone back counts until the bank returned it as well.
 */
const selectAttempts = ({ currency, from, to }: Ask) => sql`
  attempt as (
    select a.key,
      to_char(a.created_at at time zone 'UTC', 'YYYY-MM-DD') as day,
      a.driver,
      b.reference as batch,
      a.currency,
      a.amount_minor as amount,
      a.status::text as status,
      coalesce(a.late_status, '') = 'paid' as is_late
    from payout_attempts a
    left join payout_batches b on b.id = a.batch_id
    where a.created_at >= ${from.toISOString()} and a.created_at < ${to.toISOString()}
      and (${currency ?? null}::text is null or a.currency = ${currency ?? null})
  ), posted as (
    select a.key,
      sum(case when p.id = t.to_wallet_id then t.amount_minor else -t.amount_minor end) as ledger,
      bool_or(t.key = 'payout:' || a.key || ':late:return') as has_late_return
    from attempt a
    cross join (values (''), (':return'), (':late'), (':late:return')) form (suffix)
    join wallet_transactions t on t.key = 'payout:' || a.key || form.suffix
    join wallets p on p.owner_id is null and p.kind = 'payouts'
      and p.id in (t.to_wallet_id, t.from_wallet_id)
    group by a.key
  ), compared as (
    select a.*,
      coalesce(p.ledger, 0) as ledger,
      a.is_late and not coalesce(p.has_late_return, false) as is_late_paid,
      case when a.status in ('sending', 'sent', 'in-doubt', 'settled') then a.amount else 0 end
        + case when a.is_late and not (a.status = 'returned' and coalesce(p.has_late_return, false))
          then a.amount else 0 end as expected
    from attempt a
    left join posted p on p.key = a.key
  )`

const findUnexplained = async (db: Database, ask: Ask): Promise<Unexplained[]> => {
  const { rows } = await db.execute<Unexplained>(sql`
    with ${selectAttempts(ask)}, stray as (
      select t.key,
        t.currency,
        case when p.id = t.to_wallet_id then t.amount_minor else -t.amount_minor end as ledger
      from wallets p
      join wallet_transactions t on p.id in (t.to_wallet_id, t.from_wallet_id)
      where p.owner_id is null and p.kind = 'payouts'
        and t.posted_at >= ${ask.from.toISOString()} and t.posted_at < ${ask.to.toISOString()}
        and (${ask.currency ?? null}::text is null or t.currency = ${ask.currency ?? null})
        and not exists (
          select 1 from payout_attempts a
          where a.key = split_part(t.key, ':', 2)
            and t.key in ('payout:' || a.key, 'payout:' || a.key || ':return',
              'payout:' || a.key || ':late', 'payout:' || a.key || ':late:return'))
    ), unexplained as (
      select key as attempt, null as transfer, batch, driver, currency, expected, ledger
      from compared where ledger <> expected
      union all
      select null, key, null, null, currency, 0, ledger from stray
    )
    select attempt,
      transfer,
      batch,
      driver,
      currency,
      expected::float8 as "expectedMinor",
      ledger::float8 as "ledgerMinor",
      (ledger - expected)::float8 as "differenceMinor"
    from unexplained
    order by abs(ledger - expected) desc, attempt, transfer
    limit ${MAX_LISTED}`)
  return rows
}
