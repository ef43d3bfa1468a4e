import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'

import type { Database } from '../../database/dbIn.ts'

/** Adds up all transfers, or those posted since a wallet was last verified. */
export type VerifyMode = 'full' | 'incremental'

/** The rows that a verification reads, as expressions to select from. */
export type VerifyRows = {
  /** Where adding up starts for a wallet `w`: at zero, or at its verified point. */
  start: { version: SQL; balance: SQL }
  /** A row for each member's wallet that a transfer touches. */
  sides: SQL
  /** Each transfer once. */
  transfers: SQL
  /** Transfers that name a refund. */
  clawbacks: SQL
  payments: SQL
  refunds: SQL
  commissions: SQL
  /** Transfers that name one of the commissions. */
  postings: SQL
  cashbackEvents: SQL
  /** Transfers that name one of the cashback events. */
  cashbackMoves: SQL
  withdrawals: SQL
  /** Transfers that name one of the withdrawals. */
  withdrawalMoves: SQL
  /** Wallets `held` of the members of the withdrawals, or that a transfer touches. */
  heldWallets: SQL
}

/** Returns all rows, or those since the wallets were last verified, if they ever were. */
export const rowsToVerify = async (db: Database, mode: VerifyMode): Promise<VerifyRows> => {
  const since = mode === 'full' ? null : await loadStart(db)
  return since === null ? ALL : selectRowsSince(since)
}

const ALL: VerifyRows = {
  start: { version: sql`0`, balance: sql`0` },
  sides: sql`(
    select to_wallet_id as wallet, to_version as version, amount_minor as delta,
      to_balance_after as after, posted_at, 0 as start_version, 0 as start_balance
    from wallet_transactions where to_version is not null
    union all
    select from_wallet_id, from_version, -amount_minor, from_balance_after, posted_at, 0, 0
    from wallet_transactions where from_version is not null)`,
  transfers: sql`wallet_transactions`,
  clawbacks: sql`(select * from wallet_transactions where refund_id is not null)`,
  payments: sql`payments`,
  refunds: sql`refunds`,
  commissions: sql`commissions`,
  postings: sql`(select * from wallet_transactions where commission_id is not null)`,
  cashbackEvents: sql`cashback_events`,
  cashbackMoves: sql`(select * from wallet_transactions where cashback_event_id is not null)`,
  withdrawals: sql`withdrawals`,
  withdrawalMoves: sql`(select * from wallet_transactions where withdrawal_id is not null)`,
  heldWallets: sql`(select * from wallets where kind = 'held' and owner_id is not null)`,
}

/** Transfers above the verified point of members' wallets: two index look-ups per wallet. */
const FRESH = sql`(
  select w.id as wallet, w.verified_version, w.verified_balance_minor, t.*
  from wallets w cross join lateral (
    select * from wallet_transactions
      where to_wallet_id = w.id and to_version > w.verified_version
    union all
    select * from wallet_transactions
      where from_wallet_id = w.id and from_version > w.verified_version
    offset 0) t
  where w.owner_id is not null)`

/** Uses arrays, for which the planner takes the indexes. It would estimate subqueries as large. */
const selectRowsSince = (since: string): VerifyRows => {
  const payments = sql`array(
    select id from payments where updated_at >= ${since}
    union select payment_id from commissions where updated_at >= ${since}
    union select payment_id from refunds where created_at >= ${since}
    union select payment_id from ${FRESH} fresh)`
  const commissions = sql`(select * from commissions where payment_id = any (${payments}))`
  const cashbackEvents = sql`(select * from cashback_events where id = any (array(
    select id from cashback_events where updated_at >= ${since}
    union select cashback_event_id from ${FRESH} fresh)))`
  // All withdrawals of a member, because together they explain one held balance.
  const members = sql`array(
    select member_id from withdrawals where updated_at >= ${since}
    union select w.member_id from payout_attempts a join withdrawals w on w.id = a.withdrawal_id
      where a.updated_at >= ${since}
    union select w.owner_id from ${FRESH} fresh join wallets w on w.id = fresh.wallet
      where w.kind = 'held')`
  const withdrawals = sql`(select * from withdrawals where member_id = any (${members}))`
  return {
    start: { version: sql`w.verified_version`, balance: sql`w.verified_balance_minor` },
    sides: sql`(
      select wallet, case wallet when to_wallet_id then to_version else from_version end as version,
        case wallet when to_wallet_id then amount_minor else -amount_minor end as delta,
        case wallet when to_wallet_id then to_balance_after else from_balance_after end as after,
        posted_at, verified_version as start_version, verified_balance_minor as start_balance
      from ${FRESH} fresh)`,
    transfers: sql`(select distinct on (id) * from ${FRESH} fresh)`,
    clawbacks: sql`(select * from wallet_transactions
      where refund_id = any (array(select refund_id from ${FRESH} fresh)))`,
    payments: sql`(select * from payments where id = any (${payments}))`,
    refunds: sql`(select * from refunds where payment_id = any (${payments}))`,
    commissions,
    postings: sql`(select * from wallet_transactions
      where commission_id = any (array(select id from ${commissions} c)))`,
    cashbackEvents,
    cashbackMoves: sql`(select * from wallet_transactions
      where cashback_event_id = any (array(select id from ${cashbackEvents} e)))`,
    withdrawals,
    withdrawalMoves: sql`(select * from wallet_transactions
      where withdrawal_id = any (array(select id from ${withdrawals} w)))`,
    heldWallets: sql`(select * from wallets
      where kind = 'held' and owner_id = any (${members}))`,
  }
}

/**
 * Starts a day before the last verification: some rows are dated by other clocks than the
 * database's.
 */
const loadStart = async (db: Database): Promise<string | null> => {
  const { rows } = await db.execute<{ since: string | null }>(sql`
    select (max(verified_at) - interval '1 day')::text as since from wallets`)
  return rows[0]?.since ?? null
}
