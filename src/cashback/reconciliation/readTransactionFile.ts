import { DomainError } from '../../domain/errors.ts'
import { findSeparator } from '../files/findSeparator.ts'
import { FILE_LIMITS } from '../files/limits.ts'
import { readCell } from '../files/readCell.ts'
import { convertWorkbook, isWorkbook, tooManyRows } from '../files/xlsx/convertWorkbook.ts'
import type { CsvMapping } from '../networks/csv/csvMapping.ts'
import { listCsvErrors, MAX_PREAMBLE, readCsv } from '../networks/csv/readCsv.ts'
import { NetworkError } from '../networks/NetworkError.ts'
import type { TransactionPage, TransactionRow } from '../networks/types.ts'
import { decodeFile, readRecords } from './csvFile.ts'

/** A line that cannot be read, and the column of the file that is to blame, if one is. */
export type LineError = { line: number; code: string; detail: string; column?: string | null }
/** A column of a file, and what it was taken for; null if it is not read. */
export type FileColumn<Field extends string = string> = { name: string; field: Field | null }

export type ReadTransactionFile = {
  pages: TransactionPage[]
  rows: number
  /** The first lines that cannot be imported. */
  errors: LineError[]
  /** The number of all lines that cannot be imported. */
  refused: number
  /** The times of the first and the last transaction; null if there are none. */
  window: { from: Date; to: Date } | null
  sample: Omit<TransactionRow, 'raw'>[]
  columns: FileColumn<keyof CsvMapping['columns']>[]
  /** The name of the sheet that was read; null if the file is no workbook. */
  sheet: string | null
}

const SAMPLE = 5

/**
 * Reads a file of transactions, CSV or a workbook, by its network's mapping, and gives its pages to
 * the caller one by one. Writes nothing.
 *
 * @throws DomainError `csv.malformed`, `csv.nul-byte`, `csv.empty`
 * @throws DomainError `csv.missing-column` the file lacks a column of the mapping
 * @throws DomainError `xlsx.malformed`, `xlsx.old-form`, `xlsx.formula-without-value`
 * @throws DomainError `file.too-large`, `file.too-many-rows`, `file.too-many-columns`,
 *   `file.cell-too-long`, `file.header-too-long`
 */
export const readTransactionFile = async (
  bytes: Uint8Array,
  mapping: CsvMapping,
  onPage: (page: TransactionPage) => Promise<void> | void,
): Promise<Omit<ReadTransactionFile, 'pages'>> => {
  const { sheet, text } = await toText(bytes, mapping)
  await checkLimits(text, mapping)
  const errors: LineError[] = []
  const sample: Omit<TransactionRow, 'raw'>[] = []
  const header: FileHeader = { names: [] }
  let [refused, rows, first, last] = [0, 0, Infinity, -Infinity]
  for await (const { lineOffset, text: part } of toFilePages(text, mapping, header)) {
    const page = readPage(part, mapping)
    refused += page.rejected.length
    rows += page.rows.length
    if (rows + refused > FILE_LIMITS.rows) throw tooManyRows()
    for (const error of listCsvErrors(page).slice(0, FILE_LIMITS.errors - errors.length)) {
      errors.push({ ...error, line: error.line + lineOffset })
    }
    for (const { eventAt } of page.rows) {
      first = Math.min(first, Date.parse(eventAt))
      last = Math.max(last, Date.parse(eventAt))
    }
    sample.push(...page.rows.slice(0, SAMPLE - sample.length).map(withoutRaw))
    await onPage(page)
  }
  const window = rows === 0 ? null : { from: new Date(first), to: new Date(last) }
  return { rows, errors, refused, window, sample, columns: toColumns(header, mapping), sheet }
}

/** The fields that hold ids. */
const IDS = ['externalId', 'orderId', 'clickId', 'merchantId', 'reversalOf'] as const

const toText = async (
  bytes: Uint8Array,
  { columns, decimalSign, delimiter }: CsvMapping,
): Promise<{ text: string; sheet: string | null }> => {
  if (!isWorkbook(bytes)) return { text: decodeFile(bytes), sheet: null }
  const ids = IDS.map((field) => columns[field])
  return convertWorkbook(bytes, {
    decimalSign,
    delimiter,
    maxPreamble: MAX_PREAMBLE,
    findHeader: (cells) =>
      isHeader(cells, columns)
        ? { ids: cells.flatMap((cell, at) => (ids.includes(readCell(cell) ?? '') ? [at] : [])) }
        : null,
  })
}

/** Reads a file once for its limits alone, so that one above them costs no pages. */
const checkLimits = async (file: string, { delimiter }: CsvMapping): Promise<void> => {
  const records = readRecords(Buffer.from(file, 'utf8'), findSeparator(file) ?? delimiter)
  while ((await records.next()).done !== true);
}

const toColumns = ({ names }: FileHeader, { columns }: CsvMapping) =>
  names.map((name) => {
    const found = Object.entries(columns).find(([, column]) => column === name)
    return { name, field: (found?.[0] ?? null) as keyof CsvMapping['columns'] | null }
  })

const readPage = (text: string, mapping: CsvMapping): TransactionPage => {
  try {
    return readCsv(text, mapping)
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error
    throw new DomainError('csv.missing-column', `Line 1: ${error.message}.`)
  }
}

const withoutRaw = (row: TransactionRow): Omit<TransactionRow, 'raw'> => {
  const copy: Partial<TransactionRow> = { ...row }
  delete copy.raw
  return copy as Omit<TransactionRow, 'raw'>
}

/** The cells of the header, once it is found. */
type FileHeader = { names: string[] }

/** A part of a file, with what stands above: it can be read alone. */
type FilePage = {
  text: string
  /** The number of lines before the page in the file. */
  lineOffset: number
}

const MAX_PAGE_ROWS = 1_000

const isHeader = (cells: string[], columns: CsvMapping['columns']): boolean => {
  const names = cells.map((cell) => readCell(cell))
  return Object.values(columns).every((column) => names.includes(column))
}

/**
 * Cuts a file between its records into pages of a thousand, byte for byte, and notes its header.
 */
async function* toFilePages(
  file: string,
  { columns, delimiter }: CsvMapping,
  found: FileHeader,
): AsyncGenerator<FilePage> {
  const bytes = Buffer.from(file, 'utf8')
  let header = { endsAt: 0, line: 0 }
  let from = { endsAt: 0, line: 0 }
  let last = from
  let rows = 0
  let records = 0
  let pages = 0
  const cut = (): FilePage => {
    const text =
      bytes.subarray(0, header.endsAt).toString() +
      bytes.subarray(from.endsAt, last.endsAt).toString()
    const page = { text, lineOffset: from.line - header.line }
    from = last
    rows = 0
    pages += 1
    return page
  }
  for await (const { cells, endsAt, line } of readRecords(
    bytes,
    findSeparator(file) ?? delimiter,
  )) {
    last = { endsAt, line }
    records += 1
    if (records <= MAX_PREAMBLE && header.endsAt === 0 && isHeader(cells, columns)) {
      if (endsAt > FILE_LIMITS.header) throw headerTooLong()
      found.names = cells.map((cell) => readCell(cell) ?? '')
      header = last
      from = last
      rows = 0
      continue
    }
    rows += 1
    if (rows === MAX_PAGE_ROWS) yield cut()
  }
  if (rows > 0 || pages === 0) yield cut()
}

const headerTooLong = () =>
  new DomainError(
    'file.header-too-long',
    `The header and the lines above it have more than ${FILE_LIMITS.header} characters.`,
  )
