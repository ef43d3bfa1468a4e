import { createHash } from 'node:crypto'

import type { PayoutLine } from '../../domain/cashback/matchPayoutLines.ts'
import { DomainError } from '../../domain/errors.ts'
import type { StatementMapping } from '../networks/statementMapping.ts'
import { findSeparator } from '../files/findSeparator.ts'
import { FILE_LIMITS } from '../files/limits.ts'
import { parseAmount } from '../files/parseAmount.ts'
import { readCell, readId } from '../files/readCell.ts'
import { convertWorkbook, isWorkbook, tooManyRows } from '../files/xlsx/convertWorkbook.ts'
import { MAX_PREAMBLE } from '../networks/csv/readCsv.ts'
import { type CsvRecord, decodeFile, readRecords } from './csvFile.ts'
import type { FileColumn, LineError } from './readTransactionFile.ts'

export type ReadPayout = {
  lines: PayoutLine[]
  /** The first lines that cannot be imported. */
  errors: LineError[]
  /** The number of all lines that cannot be imported. */
  refused: number
  contentHash: string
  columns: FileColumn<keyof StatementColumns>[]
  /** The name of the sheet that was read; null if the file is no workbook. */
  sheet: string | null
}

export type PayoutOptions = { currency: string; mapping: StatementMapping; paidAt: string }

/**
 * Reads a network's payment statement. An amount with more decimals than its currency has is an
 * error of its line; nothing is rounded. The hash covers the content, so that the same statement in
 * another encoding has the same hash.
 *
 * @throws DomainError `csv.malformed`, `csv.nul-byte`, `csv.empty`, `csv.missing-column`
 * @throws DomainError `xlsx.malformed`, `xlsx.old-form`, `xlsx.formula-without-value`
 * @throws DomainError `file.too-large`, `file.too-many-rows`, `file.too-many-columns`,
 *   `file.cell-too-long`
 */
export const readPayout = async (
  bytes: Uint8Array,
  options: PayoutOptions,
): Promise<ReadPayout> => {
  const { mapping } = options
  const { delimiter, sheet, text } = await toText(bytes, mapping)
  const lines: PayoutLine[] = []
  const errors: LineError[] = []
  let columns: StatementColumns | null = null
  let header: string[] = []
  let refused = 0
  const preamble: string[][] = []
  for await (const record of readRecords(Buffer.from(text), delimiter)) {
    if (columns === null) {
      columns = tryFindColumns(record.cells, mapping)
      if (columns) header = record.cells
      preamble.push(record.cells)
      if (preamble.length === MAX_PREAMBLE && columns === null) break
      continue
    }
    try {
      lines.push(toLine(record, columns, options))
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      refused += 1
      const { code, message: detail } = error
      if (refused <= FILE_LIMITS.errors) errors.push({ line: record.line, code, detail })
    }
    if (lines.length + refused > FILE_LIMITS.rows) throw tooManyRows()
  }
  // Throws what the first line lacks.
  if (columns === null && preamble[0]) findColumns(preamble[0], mapping)
  if (lines.length + refused === 0) {
    throw new DomainError('csv.empty', 'The file has no lines below its header.')
  }
  const contentHash = hashPayout(lines, options)
  return { lines, errors, refused, contentHash, columns: toColumns(header, columns), sheet }
}

/** A workbook is converted with commas, and amounts as the mapping writes them. */
const toText = async (
  bytes: Uint8Array,
  mapping: StatementMapping,
): Promise<{ text: string; delimiter: string; sheet: string | null }> => {
  if (!isWorkbook(bytes)) {
    const text = decodeFile(bytes)
    const delimiter = findSeparator(text) ?? mapping.delimiter ?? guessDelimiter(text)
    return { text, delimiter, sheet: null }
  }
  const converted = await convertWorkbook(bytes, {
    decimalSign: mapping.decimalSign ?? '.',
    delimiter: ',',
    maxPreamble: MAX_PREAMBLE,
    findHeader: (cells) => {
      const columns = tryFindColumns(cells, mapping)
      return columns && { ids: [columns.id, columns.order].filter((at) => at !== null) }
    },
  })
  return { ...converted, delimiter: ',' }
}

const toColumns = (
  header: string[],
  columns: StatementColumns | null,
): FileColumn<keyof StatementColumns>[] =>
  header.map((name, at) => {
    const found = Object.entries(columns ?? {}).find(([, place]) => place === at)
    return { name: name.trim(), field: (found?.[0] ?? null) as keyof StatementColumns | null }
  })

const cellOf = ({ cells }: CsvRecord, at: number | null): string | null =>
  at === null ? null : readCell(cells[at])
const idOf = ({ cells }: CsvRecord, at: number | null): string | null =>
  at === null ? null : readId(cells[at])

const toLine = (
  record: CsvRecord,
  columns: StatementColumns,
  { currency, mapping }: PayoutOptions,
): PayoutLine => {
  const [externalId, orderId] = [idOf(record, columns.id), idOf(record, columns.order)]
  if (externalId === null && orderId === null) {
    throw new DomainError(
      'statement.no-id',
      'It names no transaction and no order. Leave out totals.',
    )
  }
  if ([externalId, orderId].some((id) => id !== null && TOTAL.test(id))) {
    throw new DomainError('statement.total', 'It is a total of other lines.')
  }
  const own = cellOf(record, columns.currency)?.toUpperCase() ?? currency
  if (own !== currency) {
    throw new DomainError(
      'statement.other-currency',
      `It is in ${own}; the statement is in ${currency}.`,
    )
  }
  const { decimalSign = '.' } = mapping
  const amount = cellOf(record, columns.amount) ?? ''
  return {
    number: record.line,
    externalId,
    orderId,
    amountMinor: parseAmount(amount, { currency, decimalSign, isExact: true }),
  }
}

/** How portals name the last line, in the languages of the networks that we know. */
const TOTAL = /^(grand |sub)?-?\s?(total|sum|summe|gesamt|gesamtsumme|итого|कुल)s?:?$/iu

/** The usual delimiter that occurs most often in the first line. */
const guessDelimiter = (text: string): string => {
  const start = text.trimStart().slice(0, FILE_LIMITS.header)
  const header = start.split(/[\r\n]/, 1)[0] ?? ''
  const count = (sign: string): number => header.split(sign).length
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

const hashPayout = (lines: PayoutLine[], { currency, paidAt }: PayoutOptions): string =>
  createHash('sha256')
    .update(JSON.stringify([currency, paidAt, lines]))
    .digest('base64url')

/** The columns of a statement, by number. */
type StatementColumns = {
  id: number | null
  order: number | null
  amount: number
  currency: number | null
}

/**
 * The usual column names, the surest first, in lower case and with letters only. Source: networks'
 * documents and exports. The mapping names other columns.
 */
const USUAL_NAMES = {
  id: ['transactionid', 'actionid', 'conversionid', 'saleid', 'commissionid', 'txnid', 'id'],
  order: ['orderid', 'ordernumber', 'orderref', 'orderreference', 'order'],
  amount: [
    'paymentamount',
    'paidamount',
    'payoutamount',
    'commissionamount',
    'approvedpayout',
    'payout',
    'commission',
    'payment',
    'paid',
    'amount',
  ],
  currency: ['currency', 'currencycode'],
} as const

/**
 * Finds the columns that the mapping names, and guesses the others by their usual names.
 *
 * @throws DomainError `csv.missing-column` a named column is missing, or no column for the id and
 *   the order, or for the amount, was found
 */
const findColumns = (header: string[], mapping: StatementMapping): StatementColumns => {
  const names = header.map((name) => name.trim())
  const plain = names.map((name) => name.toLowerCase().replaceAll(/[^a-z]/g, ''))
  const find = (named: string | undefined, usual: readonly string[]): number | null => {
    if (named === undefined) return findPlaces(plain, usual)[0] ?? null
    const at = names.indexOf(named)
    if (at < 0) throw missingColumn(`the file has no column ${named}`)
    return at
  }
  const id = find(mapping.idColumn, USUAL_NAMES.id)
  const order = find(mapping.orderColumn, USUAL_NAMES.order)
  const amount = find(mapping.amountColumn, USUAL_NAMES.amount)
  if (id === null && order === null) {
    throw missingColumn(
      'no column looks like a transaction id or an order; name it as idColumn or orderColumn',
    )
  }
  if (amount === null)
    throw missingColumn('no column looks like the amount; name it as amountColumn')
  return { id, order, amount, currency: find(mapping.currencyColumn, USUAL_NAMES.currency) }
}

/** Finds the columns; null for a line that is not the header, such as a title above it. */
const tryFindColumns = (cells: string[], mapping: StatementMapping): StatementColumns | null => {
  try {
    return findColumns(cells, mapping)
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}

const findPlaces = (names: string[], usual: readonly string[]): number[] =>
  usual.map((name) => names.indexOf(name)).filter((at) => at >= 0)

const missingColumn = (problem: string) =>
  new DomainError('csv.missing-column', `Line 1: ${problem}.`)
