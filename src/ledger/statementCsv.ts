import { pipeline, Readable } from 'node:stream'

import { stringify } from 'csv-stringify'

import { inertCell as inert } from '../domain/inertCell.ts'
import { toDecimal } from '../domain/money.ts'
import type { StatementQuery } from './statement.ts'
import { type Move, pagesOf } from './statementMoves.ts'
import { findRange, type Range } from './statementRange.ts'
import type { Database } from './transactionOf.ts'

const COLUMNS = [
  'Version',
  'Posted at',
  'Kind',
  'Other side',
  'Other owner',
  'In',
  'Out',
  'Balance',
  'Currency',
  'Reason',
  'Payment',
  'Commission',
  'Refund',
  'Adjustment',
  'Cashback event',
  'Reverses',
  'Transfer',
] as const
type Line = Partial<Record<(typeof COLUMNS)[number], string>>

/**
 * A whole statement as CSV: the opening balance, every move, the closing balance. Decimal amounts,
 * ISO times, a byte order mark for spreadsheets. Read page by page as fast as it is taken, on no
 * connection of its own; a reader that finds no closing line has not got all of it.
 */
export const statementCsv = async (
  db: Database,
  query: Omit<StatementQuery, 'after' | 'limit'>,
): Promise<Readable> => {
  const { currency, from, kind = 'available', owner, to } = query
  const range = await findRange(db, { owner, kind, currency }, { from, to })
  const csv = stringify({
    bom: true,
    columns: [...COLUMNS],
    header: true,
    record_delimiter: 'windows',
  })
  // An error ends the stream with it, and a reader that goes away ends the reading.
  pipeline(Readable.from(linesOf(db, range, query)), csv, () => undefined)
  return csv
}

async function* linesOf(
  db: Database,
  range: Range,
  { currency, from, to, transferKind }: StatementQuery,
): AsyncGenerator<Line> {
  const money = (amountMinor: number): string => toDecimal(amountMinor, currency)
  const { inMinor, openingMinor, outMinor } = range
  const ends = { Currency: currency }
  yield { ...ends, 'Posted at': from.toISOString(), Kind: 'Opening', Balance: money(openingMinor) }
  for await (const moves of pagesOf(db, range, transferKind)) {
    for (const move of moves) yield { ...lineOf(move, money), ...ends }
  }
  yield {
    ...ends,
    'Posted at': to.toISOString(),
    Kind: 'Closing',
    In: money(inMinor),
    Out: money(outMinor),
    Balance: money(openingMinor + inMinor - outMinor),
  }
}

const lineOf = (move: Move, money: (amountMinor: number) => string): Line => ({
  Version: String(move.version),
  'Posted at': move.postedAt.toISOString(),
  Kind: inert(move.kind),
  'Other side': inert(move.other.kind),
  'Other owner': move.other.owner ?? '',
  In: move.inMinor > 0 ? money(move.inMinor) : '',
  Out: move.outMinor > 0 ? money(move.outMinor) : '',
  Balance: money(move.balanceMinor),
  Reason: inert(move.reason ?? ''),
  Payment: move.links.payment ?? '',
  Commission: move.links.commission ?? '',
  Refund: move.links.refund ?? '',
  Adjustment: move.links.adjustment ?? '',
  'Cashback event': move.links.cashbackEvent ?? '',
  Reverses: move.links.reverses ?? '',
  Transfer: move.id,
})
