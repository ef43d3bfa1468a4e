import { createHash } from 'node:crypto'

import type { PayoutLine } from '../../domain/cashback/matchPayoutLines.ts'
import { DomainError } from '../../domain/errors.ts'
import type { StatementMapping } from '../networks/statementMapping.ts'
import { checkLine } from '../../files/checkLine.ts'
import { compareHeader, MAX_PREAMBLE } from '../../files/findColumns.ts'
import { findSeparator } from '../../files/findSeparator.ts'
import { isTotal } from '../../files/isTotal.ts'
import { FILE_LIMITS } from '../../files/limits.ts'
import { type DecimalSign, findConvention, parseAmount } from '../../files/parseAmount.ts'
import { readCell, readId } from '../../files/readCell.ts'
import { listCurrencies } from '../../files/readCurrency.ts'
import { convertWorkbook, isWorkbook, tooManyRows } from '../../files/xlsx/convertWorkbook.ts'
import { type CsvRecord, decodeFile, readRecords } from '../../files/csvFile.ts'
import {
  findHeaderRecord,
  type StatementColumn,
  type StatementColumns,
  tryFindStatementColumns,
} from './findStatementColumns.ts'
import type { FileColumn, LineError } from './readTransactionFile.ts'

export type ReadPayout = {
  lines: PayoutLine[]
  /** The first lines that cannot be imported. */
  errors: LineError[]
  /** The number of all lines that cannot be imported. */
  refused: number
  /** Lines that are no payments: totals, repeated headers, notes. They are listed and not imported. */
  ignored: LineError[]
  contentHash: string
  columns: FileColumn<keyof StatementColumns>[]
  /** The name of the sheet that was read; null if the file is no workbook. */
  sheet: string | null
}

export type PayoutOptions = { currency: string; mapping: StatementMapping; paidAt: string }

/**
 * Reads a network's payment statement. An amount with more decimals than its currency has is an
 * error of its line; nothing is rounded. Without a set decimal sign, the amounts of the file show
 * it. The hash covers the content, so that the same statement in another encoding has the same
 * hash.
 *
 * @throws DomainError `csv.malformed`, `csv.nul-byte`, `csv.empty`
 * @throws DomainError `csv.missing-column`, `csv.duplicate-column`, `csv.another-header`
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
  const records: CsvRecord[] = []
  for await (const record of readRecords(Buffer.from(text), delimiter)) records.push(record)
  const header = findHeaderRecord(records, mapping)
  const names = records[header.at]?.cells ?? []
  const below = records.slice(header.at + 1)
  const reading = {
    ...options,
    columns: header.columns,
    width: names.length,
    delimiter,
    ...chooseConvention(below, header.columns, options),
  }
  const lines: PayoutLine[] = []
  const errors: LineError[] = []
  const ignored: LineError[] = []
  let refused = 0
  for (const record of below) {
    try {
      const note = findNote(record, reading)
      if (note) ignored.push({ line: record.line, column: null, ...note })
      else lines.push(toLine(record, reading))
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      refused += 1
      if (refused > FILE_LIMITS.errors) continue
      const column = typeof error.details.field === 'string' ? error.details.field : null
      errors.push({ line: record.line, column, code: error.code, detail: error.message })
    }
    if (lines.length + refused > FILE_LIMITS.rows) throw tooManyRows()
  }
  if (lines.length + refused === 0) {
    throw new DomainError('csv.empty', 'The file has no lines below its header.')
  }
  const contentHash = hashPayout(lines, options)
  return {
    lines,
    errors,
    refused,
    ignored,
    contentHash,
    columns: toColumns(names, header.columns),
    sheet,
  }
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
      const columns = tryFindStatementColumns(cells, mapping)
      return columns && { ids: [columns.id, columns.order].flatMap((column) => column?.at ?? []) }
    },
  })
  return { ...converted, delimiter: ',' }
}

const toColumns = (
  header: string[],
  columns: StatementColumns,
): FileColumn<keyof StatementColumns>[] =>
  header.map((name, at) => {
    const found = Object.entries(columns).find(([, column]) => column?.at === at)
    return { name: name.trim(), field: (found?.[0] ?? null) as keyof StatementColumns | null }
  })

type Reading = PayoutOptions & {
  columns: StatementColumns
  /** The number of columns of the header. */
  width: number
  delimiter: string
  decimalSign: DecimalSign
  /** The amounts of the file do not show one convention. */
  isMixed: boolean
}

/**
 * Chooses the decimal sign: the set one, else the one that the amounts of the file show. If they
 * show both or none, an amount that may be either is refused.
 */
const chooseConvention = (
  records: CsvRecord[],
  columns: StatementColumns,
  { currency, mapping }: PayoutOptions,
): Pick<Reading, 'decimalSign' | 'isMixed'> => {
  const shown = new Set(
    records.map((record) => findConvention(cellOf(record, columns.amount.at) ?? '', currency)),
  )
  const [hasComma, hasPoint] = [shown.has(','), shown.has('.')]
  const set = mapping.decimalSign
  if (set !== undefined) return { decimalSign: set, isMixed: set === ',' ? hasPoint : hasComma }
  return { decimalSign: hasComma && !hasPoint ? ',' : '.', isMixed: hasComma === hasPoint }
}

const cellOf = ({ cells }: CsvRecord, at: number | undefined): string | null =>
  at === undefined ? null : readCell(cells[at])

/** Finds out if a line is no payment, but a total, a repeated header or a note below the lines. */
const findNote = (
  record: CsvRecord,
  { columns }: Reading,
): { code: string; detail: string } | null => {
  const named = [columns.id, columns.order, columns.amount].flatMap((column) => column ?? [])
  const places = new Map(named.map(({ at, name }) => [name, at]))
  const header = compareHeader(record.cells, places)
  if (header === 'other') {
    const message = `Line ${record.line} is another header. Import the two files one by one.`
    throw new DomainError('csv.another-header', message)
  }
  if (header === 'same') return { code: 'statement.header', detail: 'It repeats the header.' }
  const cells = record.cells.map(readCell)
  const ids = [columns.id, columns.order].map((column) => cellOf(record, column?.at))
  // A merchant may be called so; a line with an id or an order is no total for that.
  const isNamed = ids.some((id) => id !== null)
  if (isTotal({ cells: isNamed ? ids : cells, ids }))
    return { code: 'statement.total', detail: 'It is a total of other lines.' }
  const isNote = [...ids, cellOf(record, columns.amount.at)].every((cell) => cell === null)
  return isNote
    ? { code: 'statement.note', detail: 'It has no transaction, no order and no amount.' }
    : null
}

const toLine = (record: CsvRecord, reading: Reading): PayoutLine => {
  const { columns, currency, decimalSign, delimiter, isMixed, width } = reading
  checkLine(record.cells, { columns: width, delimiter })
  const idOf = (column: StatementColumn | null) =>
    column && within(column, () => readId(record.cells[column.at]))
  const [externalId, orderId] = [idOf(columns.id), idOf(columns.order)]
  if (externalId === null && orderId === null) {
    throw new DomainError('statement.no-id', 'It names no transaction and no order.')
  }
  const own = cellOf(record, columns.currency?.at)
  if (own !== null && !listCurrencies(own).includes(currency)) {
    throw new DomainError(
      'statement.other-currency',
      `It is in ${own}; the statement is in ${currency}.`,
      { field: columns.currency?.name },
    )
  }
  const amount = cellOf(record, columns.amount.at) ?? ''
  const format = { currency, decimalSign, isMixed, isExact: true }
  return {
    number: record.line,
    externalId,
    orderId,
    amountMinor: within(columns.amount, () => parseAmount(amount, format)),
  }
}

/** What is thrown names the column. */
const within = <Value>({ name }: StatementColumn, read: () => Value): Value => {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    throw new DomainError(error.code, `${name}: ${error.message}`, { field: name })
  }
}

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
