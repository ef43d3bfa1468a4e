import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'

import type { Database } from '../../database/dbIn.ts'
import type { WalletRef } from '../transfer.ts'

/** A wallet of a member, in one currency. */
export type OwnWallet = Extract<WalletRef, { owner: string }> & { currency: string }

/**
 * A period of one wallet, pinned by versions: `first` is the last version before the period, `last`
 * the last one in it. History only grows after the last version, so several queries on one range
 * read one snapshot. Amounts are minor units.
 */
export type WalletRange = {
  /** Null when nothing was ever posted. */
  wallet: ReadWallet | null
  first: number
  last: number
  openingMinor: number
  inMinor: number
  outMinor: number
}

/**
 * Finds the versions of a wallet in `[from, to)`, its balance before them, and the sums of credits
 * and debits.
 *
 * Waits for postings under way: one of them may be dated before `to`, and a statement that was
 * read must never change. It takes a lock for a moment, so pass the pool as `db`, not a
 * transaction that goes on.
 */
export const findWalletRange = async (
  db: Database,
  wallet: OwnWallet,
  period: { from: Date; to: Date },
): Promise<WalletRange> => {
  const found = (await findWallet(db, wallet)) ?? (await findAfterCreation(db, wallet))
  if (!found) return { wallet: null, first: 0, last: 0, openingMinor: 0, inMinor: 0, outMinor: 0 }

  const { rows } = await db.execute<Record<string, string | null>>(sql`
    with recursive ${searchVersions(found.id, period)}
    select
      r.first,
      r.last,
      ${selectBalance(found, sql`r.first`)} as opening,
      total.credit,
      total.debit
    from range r cross join lateral (
      select sum(delta) filter (where delta > 0) as credit,
        -sum(delta) filter (where delta < 0) as debit
      from ${selectMoves(found.id)} move where version > r.first and version <= r.last) total`)
  const [row] = rows
  return {
    wallet: found,
    first: toSafeInteger(row?.first),
    last: toSafeInteger(row?.last),
    openingMinor: toSafeInteger(row?.opening),
    inMinor: toSafeInteger(row?.credit),
    outMinor: toSafeInteger(row?.debit),
  }
}

/**
 * Every posting stores the balance after it. These balances are wrong when a stored balance was
 * changed outside the ledger. Such a wallet is not trusted: its balances are summed from amounts.
 */
const findWallet = async (
  db: Database,
  { currency, kind, owner }: OwnWallet,
): Promise<ReadWallet | undefined> => {
  const { rows } = await db.execute<{ id: string; trusted: boolean }>(sql`
    select id, frozen_at is null and rebuilt_version = 0 as trusted from wallets
    where owner_id = ${owner} and kind = ${kind} and currency = ${currency} for share`)
  return rows[0] && { id: rows[0].id, isTrusted: rows[0].trusted }
}

/**
 * Waits for a wallet that is being created. Its transaction holds a key lock on the owner until it
 * commits, so this waits for the owner's row and looks again.
 */
const findAfterCreation = async (
  db: Database,
  wallet: OwnWallet,
): Promise<ReadWallet | undefined> => {
  await db.execute(sql`select 1 from users where id = ${wallet.owner} for update`)
  return findWallet(db, wallet)
}

/** Finds the version at an instant by binary search: a wallet's postings never go back in time. */
const searchVersions = (id: string, { from, to }: { from: Date; to: Date }): SQL => sql`
  bound (name, at) as (
    values
      ('first', ${from.toISOString()}::timestamptz),
      ('last', ${to.toISOString()}::timestamptz)
  ), newest (version) as (
    select greatest(
      (select max(to_version) from wallet_transactions where to_wallet_id = ${id}),
      (select max(from_version) from wallet_transactions where from_wallet_id = ${id}), 0)
  ), search (name, at, low, high) as (
    select name, at, 0::bigint, newest.version from bound, newest
    union all
    select
      s.name,
      s.at,
      case when m.posted_at >= s.at then s.low else s.middle end,
      case when m.posted_at >= s.at then m.version - 1 else s.high end
    from (select *, (low + high + 1) / 2 as middle from search where low < high) s
    left join lateral (
      (select to_version as version, posted_at from wallet_transactions
        where to_wallet_id = ${id} and to_version > s.low and to_version <= s.middle
        order by to_version desc limit 1)
      union all
      (select from_version, posted_at from wallet_transactions
        where from_wallet_id = ${id} and from_version > s.low and from_version <= s.middle
        order by from_version desc limit 1)
      order by version desc limit 1) m on true
  ), range (first, last) as materialized (
    select (select low from search where name = 'first' and low = high),
      (select low from search where name = 'last' and low = high)
  )`

/** A wallet to read from. `isTrusted`: the balances stored with its transfers are right. */
type ReadWallet = { id: string; isTrusted: boolean }
/** Versions above `above`, up to `upTo`, of one kind of transfer if it is given. */
type Span = { above: number; upTo: number; limit: number; transferKind?: string | undefined }

const DETAILS = sql.raw(
  `id, kind, posted_at, reason, payment_id, commission_id, refund_id, adjustment_id,
  cashback_event_id, withdrawal_id, reverses_id`,
)
const credits = (walletId: string): SQL => sql`(
  select to_version as version, amount_minor as delta, to_balance_after as after,
    from_wallet_id as other_id, ${DETAILS} from wallet_transactions
  where to_wallet_id = ${walletId} and to_version is not null)`
const debits = (walletId: string): SQL => sql`(
  select from_version as version, -amount_minor as delta, from_balance_after as after,
    to_wallet_id as other_id, ${DETAILS} from wallet_transactions
  where from_wallet_id = ${walletId} and from_version is not null)`

/**
 * All moves of a wallet, as rows to select from. `delta` is above zero for a credit, `after` is the
 * stored balance after the move. A range of versions uses the indexes; an `order by` does not.
 */
export const selectMoves = (walletId: string): SQL => sql`(
  select * from ${credits(walletId)} credit union all select * from ${debits(walletId)} debit)`

/**
 * The first moves of a span, in order. A trusted wallet reads them by two indexes; for another one
 * the balances are summed from its first move.
 */
export const selectSpan = ({ id, isTrusted }: ReadWallet, span: Span): SQL => {
  const { above, limit, transferKind, upTo } = span
  const ofKind = transferKind === undefined ? sql`` : sql`and kind = ${transferKind}`
  const chosen = sql`where version > ${above} and version <= ${upTo} ${ofKind}
    order by version limit ${limit}`
  return isTrusted
    ? sql`(
      (select * from ${credits(id)} credit ${chosen})
      union all (select * from ${debits(id)} debit ${chosen})
      order by version limit ${limit})`
    : sql`(
      select version, delta, sum as after, other_id, ${DETAILS}
      from (select *, sum(delta) over (order by version) as sum from ${selectMoves(id)} every) added
      ${chosen})`
}

/** The balance of a wallet after a version, as an expression; null before the first one. */
const selectBalance = ({ id, isTrusted }: ReadWallet, version: SQL): SQL => {
  const newest = sql`where version <= ${version} order by version desc limit 1`
  return isTrusted
    ? sql`(select after from (
      (select version, after from ${credits(id)} credit ${newest})
      union all (select version, after from ${debits(id)} debit ${newest})
      order by version desc limit 1) newest)`
    : sql`(select sum(delta) from ${selectMoves(id)} every where version <= ${version})`
}

/**
 * Converts a 64-bit integer, which PostgreSQL returns as text; null counts as 0.
 *
 * @throws Error beyond 2^53 − 1, where a number would be rounded without an error
 */
export const toSafeInteger = (text: string | null | undefined): number => {
  const value = Number(text ?? 0)
  if (!Number.isSafeInteger(value))
    throw new Error(`Too large to be stored exactly as a number: ${value}`)
  return value
}
