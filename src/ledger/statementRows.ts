import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'

/** A wallet to read from; whether the balances that its transfers noted can be believed. */
export type ReadWallet = { id: string; isTrusted: boolean }
/** Versions above the first, up to the last, of one kind of transfer if one is named. */
export type Span = { above: number; upTo: number; limit: number; transferKind?: string | undefined }

const DETAILS = sql.raw(
  `id, kind, posted_at, reason, payment_id, commission_id, refund_id, adjustment_id,
  cashback_event_id, reverses_id`,
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
 * All moves of a wallet as rows to select from: `delta` is above zero for what went in, `after` is
 * the balance as it was noted. A span of versions of it is read by index; an order is not.
 */
export const movesOf = (walletId: string): SQL => sql`(
  select * from ${credits(walletId)} credit union all select * from ${debits(walletId)} debit)`

/** The first moves of a span, in order, by two indexes; from the very first where notes are wrong. */
export const spanOf = ({ id, isTrusted }: ReadWallet, span: Span): SQL => {
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
      from (select *, sum(delta) over (order by version) as sum from ${movesOf(id)} every) added
      ${chosen})`
}

/** What a wallet held after a version, as an expression; 0 before the first. */
export const balanceAt = ({ id, isTrusted }: ReadWallet, version: SQL): SQL => {
  const newest = sql`where version <= ${version} order by version desc limit 1`
  return isTrusted
    ? sql`(select after from (
      (select version, after from ${credits(id)} credit ${newest})
      union all (select version, after from ${debits(id)} debit ${newest})
      order by version desc limit 1) newest)`
    : sql`(select sum(delta) from ${movesOf(id)} every where version <= ${version})`
}

/** PostgreSQL answers 64 bits as text. A sum beyond 2^53 − 1 must not be rounded without a word. */
export const countable = (text: string | null | undefined): number => {
  const value = Number(text ?? 0)
  if (!Number.isSafeInteger(value)) throw new Error(`Too large to be counted exactly: ${value}`)
  return value
}
