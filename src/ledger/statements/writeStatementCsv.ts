import { pipeline, Readable } from 'node:stream'

import { stringify } from 'csv-stringify'

import { escapeFormula } from '../../domain/escapeFormula.ts'
import { toDecimal } from '../../domain/money.ts'
import { type Move, readPages, type StatementQuery } from './readStatement.ts'
import { findWalletRange, type WalletRange } from './walletRange.ts'
import type { Database } from '../../database/dbIn.ts'

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
  'Withdrawal',
  'Reverses',
  'Transfer',
] as const
type Line = Partial<Record<(typeof COLUMNS)[number], string>>

/**
 * Writes a whole statement as CSV: the opening balance, every move, the closing balance. Decimal
 * amounts, ISO times, a byte order mark for spreadsheets. It reads a page when the stream is ready
 * for it and holds no connection meanwhile. A file without its closing line is incomplete.
 */
export const writeStatementCsv = async (
  db: Database,
  query: Omit<StatementQuery, 'after' | 'limit'>,
): Promise<Readable> => {
  const { currency, from, kind = 'available', owner, to } = query
  const range = await findWalletRange(db, { owner, kind, currency }, { from, to })
  const csv = stringify({
    bom: true,
    columns: [...COLUMNS],
    header: true,
    record_delimiter: 'windows',
  })
  // An error destroys the stream. A client that disconnects ends the reading.
  pipeline(Readable.from(writeLines(db, range, query)), csv, () => undefined)
  return csv
}

async function* writeLines(
  db: Database,
  range: WalletRange,
  { currency, from, to, transferKind }: StatementQuery,
): AsyncGenerator<Line> {
  const money = (amountMinor: number): string => toDecimal(amountMinor, currency)
  const { inMinor, openingMinor, outMinor } = range
  const ends = { Currency: currency }
  yield { ...ends, 'Posted at': from.toISOString(), Kind: 'Opening', Balance: money(openingMinor) }
  for await (const moves of readPages(db, range, transferKind)) {
    for (const move of moves) yield { ...toLine(move, money), ...ends }
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

const toLine = (move: Move, money: (amountMinor: number) => string): Line => ({
  Version: String(move.version),
  'Posted at': move.postedAt.toISOString(),
  Kind: escapeFormula(move.kind),
  'Other side': escapeFormula(move.other.kind),
  'Other owner': move.other.owner ?? '',
  In: move.inMinor > 0 ? money(move.inMinor) : '',
  Out: move.outMinor > 0 ? money(move.outMinor) : '',
  Balance: money(move.balanceMinor),
  Reason: escapeFormula(move.reason ?? ''),
  Payment: move.links.payment ?? '',
  Commission: move.links.commission ?? '',
  Refund: move.links.refund ?? '',
  Adjustment: move.links.adjustment ?? '',
  'Cashback event': move.links.cashbackEvent ?? '',
  Withdrawal: move.links.withdrawal ?? '',
  Reverses: move.links.reverses ?? '',
  Transfer: move.id,
})
