import { DomainError } from '../domain/errors.ts'
import { MOST_MOVES, type Move, pagesOf, readMoves } from './statementMoves.ts'
import { findRange, type OwnWallet, type Range } from './statementRange.ts'
import type { Database } from './transactionOf.ts'

export { MOST_MOVES }

export type StatementQuery = {
  owner: string
  kind?: OwnWallet['kind'] | undefined
  currency: string
  /** The first instant of the period. */
  from: Date
  /** The first instant after it. A period that has ended never changes. */
  to: Date
  /** Shows the moves of one kind only; the sums stay those of all. */
  transferKind?: string | undefined
  /** Moves on a page, at most 500. */
  limit?: number | undefined
  /** Shows the moves above this version: the `nextAfter` of the page before. */
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
 * Reads what a member's wallet held, received and gave in `[from, to)`. A wallet nobody ever
 * posted to has a statement of zeros. Costs what is shown and summed, however long the history.
 * Give it the pool: it waits for postings under way (see `findRange`).
 *
 * @throws DomainError `request.malformed-value` the period ends before it begins, or the limit is
 *   not from 1 to 500 (details name the field)
 */
export const readStatement = async (db: Database, query: StatementQuery): Promise<Statement> => {
  const { after = 0, limit = 100, transferKind } = query
  assertPage(limit, after)
  const range = await rangeOf(db, query)
  const found = await readMoves(db, range, { after, limit: limit + 1, transferKind })
  const moves = found.slice(0, limit)
  const nextAfter = found.length > limit ? moves.at(-1)?.version : undefined
  return {
    ...statementOf(query, range, moves),
    ...(nextAfter === undefined ? {} : { nextAfter }),
  }
}

/** The same with all of its moves at once. */
export const readWholeStatement = async (
  db: Database,
  query: Omit<StatementQuery, 'after' | 'limit'>,
): Promise<Statement> => {
  const range = await rangeOf(db, query)
  const moves: Move[] = []
  for await (const page of pagesOf(db, range, query.transferKind)) moves.push(...page)
  return statementOf(query, range, moves)
}

const rangeOf = (db: Database, query: StatementQuery): Promise<Range> => {
  const { currency, from, kind = 'available', owner, to } = query
  if (from > to) throw malformed('from', 'The period ends before it begins.')
  return findRange(db, { owner, kind, currency }, { from, to })
}

const statementOf = (
  { currency, from, kind = 'available', to }: StatementQuery,
  { inMinor, openingMinor, outMinor }: Range,
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
 * What a member's wallet held at an instant, in minor units: the closing of every statement that
 * ends there.
 */
export const balanceAsOf = async (
  db: Database,
  { at, currency, kind = 'available', owner }: Omit<OwnWallet, 'kind'> & BalanceAt,
): Promise<number> => {
  const { openingMinor } = await findRange(db, { owner, kind, currency }, { from: at, to: at })
  return openingMinor
}

type BalanceAt = { kind?: OwnWallet['kind'] | undefined; at: Date }

const assertPage = (limit: number, after: number): void => {
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_MOVES) {
    throw malformed('limit', `Ask for 1 to ${MOST_MOVES} moves.`)
  }
  if (!Number.isSafeInteger(after) || after < 0) {
    throw malformed('after', 'Give the version that the page before ended with.')
  }
}

const malformed = (field: string, message: string): DomainError =>
  new DomainError('request.malformed-value', message, { field })
