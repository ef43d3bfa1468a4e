import { createHash } from 'node:crypto'

import { DomainError } from '../domain/errors.ts'
import type { PayoutLine } from '../domain/judgePayout.ts'
import { toSignedMinor } from '../domain/money.ts'
import type { StatementMapping } from '../networks/statementMapping.ts'
import { decodeFile } from './decodeFile.ts'
import { type CsvRecord, readRecords } from './readRecords.ts'
import type { LineError } from './readSales.ts'
import { type StatementColumns, statementColumns } from './statementColumns.ts'

export type ReadPayout = { lines: PayoutLine[]; errors: LineError[]; contentHash: string }

type Options = { currency: string; mapping: StatementMapping; paidAt: string }

/** Longer than any network's id. */
const MOST_CHARACTERS = 255

/**
 * Reads a network's payment statement. Amounts to the last digit: one with more decimals than the
 * currency has is an error of its line. The hash is of what it says, so that the same statement in
 * another encoding is the same.
 *
 * @throws DomainError `csv.malformed`, `csv.nul-byte`, `csv.empty`, `csv.missing-column`
 */
export const readPayout = async (bytes: Uint8Array, options: Options): Promise<ReadPayout> => {
  const text = decodeFile(bytes)
  const { mapping } = options
  const lines: PayoutLine[] = []
  const errors: LineError[] = []
  let columns: StatementColumns | null = null
  for await (const record of readRecords(
    Buffer.from(text),
    mapping.delimiter ?? delimiterOf(text),
  )) {
    if (columns === null) {
      columns = statementColumns(record.cells, mapping)
      continue
    }
    try {
      lines.push(lineOf(record, columns, options))
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      errors.push({ line: record.line, code: error.code, detail: error.message })
    }
  }
  if (lines.length + errors.length === 0) {
    throw new DomainError('csv.empty', 'The file has a first line and nothing below it.')
  }
  return { lines, errors, contentHash: hashOf(lines, options) }
}

const cellOf = ({ cells }: CsvRecord, at: number | null): string =>
  at === null ? '' : (cells[at] ?? '').trim()

const lineOf = (
  record: CsvRecord,
  columns: StatementColumns,
  { currency, mapping }: Options,
): PayoutLine => {
  const [externalId, orderId] = [cellOf(record, columns.id), cellOf(record, columns.order)]
  if (externalId === '' && orderId === '') {
    throw new DomainError('statement.no-id', 'Names no sale and no order. Leave totals out.')
  }
  if (Math.max(externalId.length, orderId.length) > MOST_CHARACTERS) {
    throw new DomainError(
      'statement.id-too-long',
      `An id has more than ${MOST_CHARACTERS} characters.`,
    )
  }
  const own = cellOf(record, columns.currency).toUpperCase()
  if (own !== '' && own !== currency) {
    throw new DomainError('statement.other-currency', `Is in ${own}, the statement in ${currency}.`)
  }
  return {
    number: record.line,
    externalId: externalId || null,
    orderId: orderId || null,
    amountMinor: toSignedMinor(plain(cellOf(record, columns.amount), mapping), currency),
  }
}

const plain = (text: string, { decimalSign }: StatementMapping): string =>
  decimalSign === ',' ? text.replaceAll('.', '').replace(',', '.') : text

/** Of the usual ones that which the first line has most of. */
const delimiterOf = (text: string): string => {
  const header = text.trimStart().split(/[\r\n]/, 1)[0] ?? ''
  const count = (sign: string): number => header.split(sign).length
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

const hashOf = (lines: PayoutLine[], { currency, paidAt }: Options): string =>
  createHash('sha256')
    .update(JSON.stringify([currency, paidAt, lines]))
    .digest('base64url')
