import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'

import { balanceAt, countable, movesOf, type ReadWallet } from './statementRows.ts'
import type { Database } from './transactionOf.ts'
import type { WalletRef } from './types.ts'

/** A wallet of a member, in one currency. */
export type OwnWallet = Extract<WalletRef, { owner: string }> & { currency: string }

/**
 * A period of one wallet, pinned by versions: `first` is the last version before it, `last` the
 * last one in it. History only grows behind the last version, so whatever is read of a range, in
 * however many queries, is of one snapshot. Amounts are minor units.
 */
export type Range = {
  /** Null when nothing was ever posted. */
  wallet: ReadWallet | null
  first: number
  last: number
  openingMinor: number
  inMinor: number
  outMinor: number
}

/**
 * Finds the versions of a wallet in `[from, to)`, what it held before them, and what went in and
 * out. Waits for postings under way, since one of them may have taken its time before `to`, and a
 * statement that was read must never change. For that it takes a lock for a moment: give it the
 * pool, not a transaction that goes on.
 */
export const findRange = async (
  db: Database,
  wallet: OwnWallet,
  period: { from: Date; to: Date },
): Promise<Range> => {
  const found = (await find(db, wallet)) ?? (await findOnceMade(db, wallet))
  if (!found) return { wallet: null, first: 0, last: 0, openingMinor: 0, inMinor: 0, outMinor: 0 }

  const { rows } = await db.execute<Record<string, string | null>>(sql`
    with recursive ${versionsIn(found.id, period)}
    select r.first, r.last, ${balanceAt(found, sql`r.first`)} as opening, total.credit, total.debit
    from range r cross join lateral (
      select sum(delta) filter (where delta > 0) as credit,
        -sum(delta) filter (where delta < 0) as debit
      from ${movesOf(found.id)} move where version > r.first and version <= r.last) total`)
  const [row] = rows
  return {
    wallet: found,
    first: countable(row?.first),
    last: countable(row?.last),
    openingMinor: countable(row?.opening),
    inMinor: countable(row?.credit),
    outMinor: countable(row?.debit),
  }
}

/**
 * Every posting notes the balance after it. The notes go wrong when a stored balance was changed
 * behind the ledger's back; from then on only the amounts of that wallet are believed.
 */
const find = async (
  db: Database,
  { currency, kind, owner }: OwnWallet,
): Promise<ReadWallet | undefined> => {
  const { rows } = await db.execute<{ id: string; trusted: boolean }>(sql`
    select id, frozen_at is null and rebuilt_version = 0 as trusted from wallets
    where owner_id = ${owner} and kind = ${kind} and currency = ${currency} for share`)
  return rows[0] && { id: rows[0].id, isTrusted: rows[0].trusted }
}

/** Who is making a wallet holds its owner's key until then, so without one the owner is awaited. */
const findOnceMade = async (db: Database, wallet: OwnWallet): Promise<ReadWallet | undefined> => {
  await db.execute(sql`select 1 from users where id = ${wallet.owner} for update`)
  return find(db, wallet)
}

/** Postings of a wallet never go back in time, so the version at an instant is found by halving. */
const versionsIn = (id: string, { from, to }: { from: Date; to: Date }): SQL => sql`
  bound (name, at) as (
    values ('first', ${from.toISOString()}::timestamptz), ('last', ${to.toISOString()}::timestamptz)
  ), newest (version) as (
    select greatest(
      (select max(to_version) from wallet_transactions where to_wallet_id = ${id}),
      (select max(from_version) from wallet_transactions where from_wallet_id = ${id}), 0)
  ), search (name, at, low, high) as (
    select name, at, 0::bigint, newest.version from bound, newest
    union all
    select s.name, s.at,
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
