import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import { DomainError } from '../../domain/errors.ts'
import {
  findWalletRange,
  type OwnWallet,
  selectSpan,
  toSafeInteger,
  type WalletRange,
} from './walletRange.ts'

/** The most moves on one page. */
export const MAX_MOVES = 500

export type StatementQuery = {
  owner: string
  kind?: OwnWallet['kind'] | undefined
  currency: string
  /** The first instant of the period. */
  from: Date
  /** The first instant after it. A period that has ended never changes. */
  to: Date
  /** Lists the moves of one kind only. The sums still cover all moves. */
  transferKind?: string | undefined
  /** Moves on a page, at most 500. */
  limit?: number | undefined
  /** Lists the moves above this version: the `nextAfter` of the previous page. */
  after?: number | undefined
}

/** A period of a wallet in minor units: opening + in − out = closing, always. */
export type Statement = {
  wallet: { currency: string; kind: OwnWallet['kind'] }
  from: Date
  to: Date
  openingMinor: number
  inMinor: number
  outMinor: number
  closingMinor: number
  /** In the order of posting, each with the balance after it. */
  moves: Move[]
  /** Absent on the last page. */
  nextAfter?: number
}

/**
 * Reads what a member's wallet held, received and paid in `[from, to)`. A wallet without a posting
 * has a statement of zeros. The cost follows the moves that are listed and summed, not the length
 * of the history. Pass the pool as `db`: it waits for postings under way (see `findWalletRange`).
 *
 * @throws DomainError `request.malformed-value` the period ends before it begins, or the limit is
 *   not from 1 to 500 (details name the field)
 */
export const readStatement = async (db: Database, query: StatementQuery): Promise<Statement> => {
  const { after = 0, limit = 100, transferKind } = query
  assertPage(limit, after)
  const range = await findPeriod(db, query)
  const found = await readMoves(db, range, { after, limit: limit + 1, transferKind })
  const moves = found.slice(0, limit)
  const nextAfter = found.length > limit ? moves.at(-1)?.version : undefined
  return {
    ...toStatement(query, range, moves),
    ...(nextAfter === undefined ? {} : { nextAfter }),
  }
}

/** Reads the same statement with all of its moves at once. */
export const readWholeStatement = async (
  db: Database,
  query: Omit<StatementQuery, 'after' | 'limit'>,
): Promise<Statement> => {
  const range = await findPeriod(db, query)
  const moves: Move[] = []
  for await (const page of readPages(db, range, query.transferKind)) moves.push(...page)
  return toStatement(query, range, moves)
}

const findPeriod = (db: Database, query: StatementQuery): Promise<WalletRange> => {
  const { currency, from, kind = 'available', owner, to } = query
  if (from > to) throw malformed('from', 'The period ends before it begins.')
  return findWalletRange(db, { owner, kind, currency }, { from, to })
}

const toStatement = (
  { currency, from, kind = 'available', to }: StatementQuery,
  { inMinor, openingMinor, outMinor }: WalletRange,
  moves: Move[],
): Statement => ({
  wallet: { currency, kind },
  from,
  to,
  openingMinor,
  inMinor,
  outMinor,
  closingMinor: openingMinor + inMinor - outMinor,
  moves,
})

/**
 * Returns what a member's wallet held at an instant, in minor units. Every statement that ends at
 * this instant closes with it.
 */
export const balanceAsOf = async (
  db: Database,
  { at, currency, kind = 'available', owner }: Omit<OwnWallet, 'kind'> & BalanceAt,
): Promise<number> => {
  const { openingMinor } = await findWalletRange(
    db,
    { owner, kind, currency },
    { from: at, to: at },
  )
  return openingMinor
}

type BalanceAt = { kind?: OwnWallet['kind'] | undefined; at: Date }

const assertPage = (limit: number, after: number): void => {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_MOVES) {
    throw malformed('limit', `Request 1 to ${MAX_MOVES} moves.`)
  }
  if (!Number.isSafeInteger(after) || after < 0) {
    throw malformed('after', 'Give the version that the page before ended with.')
  }
}

const malformed = (field: string, message: string): DomainError =>
  new DomainError('request.malformed-value', message, { field })

/** A transfer seen from one wallet. Amounts are minor units of the wallet's currency. */
export type Move = {
  /** The place in the wallet's history, from 1 on. */
  version: number
  id: string
  postedAt: Date
  /** The kind of transfer, such as `commission`. */
  kind: string
  /** The wallet on the other side. A wallet of the platform has no owner. */
  other: { kind: string; owner: string | null }
  inMinor: number
  outMinor: number
  balanceMinor: number
  reason: string | null
  /** The rows that explain it. */
  links: Partial<
    Record<
      | 'adjustment'
      | 'cashbackEvent'
      | 'commission'
      | 'payment'
      | 'refund'
      | 'reverses'
      | 'withdrawal',
      string
    >
  >
}

/** Selects moves of a range: above version `after`, at most `limit`, of one kind if it is given. */
type Selection = { after: number; limit: number; transferKind?: string | undefined }

/** Reads the next moves of a range by version, which is the order of posting. */
const readMoves = async (
  db: Database,
  { first, last, wallet }: WalletRange,
  { after, ...selection }: Selection,
): Promise<Move[]> => {
  const above = Math.max(first, after)
  if (!wallet || last <= above) return []
  const { rows } = await db.execute<Row>(sql`
    select
      m.version,
      m.id,
      m.kind,
      m.delta,
      m.after,
      m.reason,
      extract(epoch from m.posted_at) * 1000 as posted_ms,
      o.kind as other_kind,
      o.owner_id,
      json_build_object(
        'payment', m.payment_id,
        'commission', m.commission_id,
        'refund', m.refund_id,
        'adjustment', m.adjustment_id,
        'cashbackEvent', m.cashback_event_id,
        'withdrawal', m.withdrawal_id,
        'reverses', m.reverses_id
      ) as links
    from ${selectSpan(wallet, { ...selection, above, upTo: last })} m
    join wallets o on o.id = m.other_id
    order by m.version`)
  return rows.map(toMove)
}

/** Reads all moves of a range, one page at a time. */
export async function* readPages(
  db: Database,
  range: WalletRange,
  transferKind: string | undefined,
): AsyncGenerator<Move[]> {
  let after = range.first
  for (;;) {
    const moves = await readMoves(db, range, { after, limit: MAX_MOVES, transferKind })
    yield moves
    if (moves.length < MAX_MOVES) return
    after = moves.at(-1)?.version ?? range.last
  }
}

const toMove = (row: Row): Move => {
  const delta = toSafeInteger(row.delta)
  return {
    version: toSafeInteger(row.version),
    id: row.id,
    postedAt: new Date(Number(row.posted_ms)),
    kind: row.kind,
    other: { kind: row.other_kind, owner: row.owner_id },
    inMinor: Math.max(delta, 0),
    outMinor: Math.max(-delta, 0),
    balanceMinor: toSafeInteger(row.after),
    reason: row.reason,
    links: Object.fromEntries(Object.entries(row.links).filter(([, id]) => id !== null)),
  }
}

type Row = {
  version: string
  id: string
  kind: string
  delta: string
  after: string
  reason: string | null
  posted_ms: string
  other_kind: string
  owner_id: string | null
  links: Record<string, string | null>
}

/**
 * Returns the first millisecond at which nothing can have been posted yet. It is read from the
 * clock of the database, which dates the postings.
 */
export const ledgerNow = async (db: Database): Promise<Date> => {
  const { rows } = await db.execute<{ ms: string }>(
    sql`select floor(extract(epoch from clock_timestamp()) * 1000) + 1 as ms`,
  )
  return new Date(Number(rows[0]?.ms))
}
