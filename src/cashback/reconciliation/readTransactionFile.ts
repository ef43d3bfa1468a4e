import { DomainError } from '../../domain/errors.ts'
import type { UnmappedStatus } from '../ingestion/overview/countUnmappedStatuses.ts'
import {
  compareHeader,
  describeHeader,
  findColumns,
  findHeader,
  MAX_PREAMBLE,
} from '../../files/findColumns.ts'
import { type FileFindings, NO_FINDINGS, writeFindings } from '../../files/fileConventions.ts'
import { findSeparator } from '../../files/findSeparator.ts'
import { FILE_LIMITS } from '../../files/limits.ts'
import { readCell } from '../../files/readCell.ts'
import { convertWorkbook, isWorkbook, tooManyRows } from '../../files/xlsx/convertWorkbook.ts'
import type { CsvMapping } from '../networks/csv/csvMapping.ts'
import { gatherCsvFindings, listCsvErrors, readCsv } from '../networks/csv/readCsv.ts'
import { NetworkError } from '../networks/NetworkError.ts'
import type { TransactionPage, TransactionRow } from '../networks/types.ts'
import { decodeFile, readRecords } from '../../files/csvFile.ts'

/** A line that cannot be read; `column` names the cell, if it is one. */
export type LineError = { line: number; column: string | null; code: string; detail: string }
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
  /** The network's statuses without one of ours, with the lines that have them; the most first. */
  unmappedStatuses: UnmappedStatus[]
}

const SAMPLE = 5

/**
 * Reads a file of transactions, CSV or a workbook, by its network's mapping, and gives its pages to
 * the caller one by one. Writes nothing.
 *
 * @throws DomainError `csv.malformed`, `csv.nul-byte`, `csv.empty`
 * @throws DomainError `csv.missing-column` the file lacks a column of the mapping
 * @throws DomainError `csv.duplicate-column` it has one twice
 * @throws DomainError `csv.another-header` another header follows, with the columns elsewhere
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
  const findings = await readFindings(text, mapping)
  const errors: LineError[] = []
  const sample: Omit<TransactionRow, 'raw'>[] = []
  const unmapped = new Map<string, number>()
  const header: FileHeader = { names: [], places: new Map() }
  let [refused, rows, first, last] = [0, 0, Infinity, -Infinity]
  for await (const { lineOffset, text: part } of toFilePages(text, mapping, header)) {
    const page = readPage(writeFindings(part, findings), mapping)
    refused += page.rejected.length
    rows += page.rows.length
    if (rows + refused > FILE_LIMITS.rows) throw tooManyRows()
    for (const error of listCsvErrors(page).slice(0, FILE_LIMITS.errors - errors.length)) {
      errors.push({ ...error, line: error.line + lineOffset })
    }
    for (const { eventAt, rawStatus, status } of page.rows) {
      if (status === 'unknown') unmapped.set(rawStatus, (unmapped.get(rawStatus) ?? 0) + 1)
      first = Math.min(first, Date.parse(eventAt))
      last = Math.max(last, Date.parse(eventAt))
    }
    sample.push(...page.rows.slice(0, SAMPLE - sample.length).map(withoutRaw))
    await onPage(page)
  }
  const window = rows === 0 ? null : { from: new Date(first), to: new Date(last) }
  const columns = toColumns(header, mapping)
  const unmappedStatuses = listByCount(unmapped)
  return { rows, errors, refused, window, sample, columns, sheet, unmappedStatuses }
}

/** The fields that hold ids. */
const IDS = ['externalId', 'orderId', 'clickId', 'merchantId', 'reversalOf'] as const

const toText = async (
  bytes: Uint8Array,
  { columns, decimalSign, delimiter }: CsvMapping,
): Promise<{ text: string; sheet: string | null }> => {
  if (!isWorkbook(bytes)) return { text: decodeFile(bytes), sheet: null }
  return convertWorkbook(bytes, {
    decimalSign,
    delimiter,
    maxPreamble: MAX_PREAMBLE,
    findHeader: (cells) => {
      const found = findColumns(cells, Object.values(columns))
      if (found.result !== 'found') return null
      return { ids: IDS.flatMap((field) => found.places.get(columns[field] ?? '') ?? []) }
    },
  })
}

const toColumns = ({ names, places }: FileHeader, { columns }: CsvMapping) =>
  names.map((name, at) => {
    const found = Object.entries(columns).find(([, column]) => places.get(column) === at)
    return { name, field: (found?.[0] ?? null) as keyof CsvMapping['columns'] | null }
  })

const listByCount = (counts: Map<string, number>): UnmappedStatus[] =>
  [...counts]
    .map(([status, count]) => ({ status, count }))
    .sort((one, other) => other.count - one.count || (one.status < other.status ? -1 : 1))

/**
 * Reads the whole file for what its lines show together, before its pages are read one by one. The
 * header is checked with it, and the limits, so that a file above them costs no pages.
 */
const readFindings = async (file: string, mapping: CsvMapping): Promise<FileFindings> => {
  const first: string[][] = []
  let gathered: ReturnType<typeof gatherCsvFindings> | null = null
  let places = new Map<string, number>()
  const needed = Object.values(mapping.columns)
  const delimiter = findSeparator(file) ?? mapping.delimiter
  for await (const { cells, line } of readRecords(Buffer.from(file, 'utf8'), delimiter)) {
    if (gathered) {
      if (compareHeader(cells, places) === 'other') {
        const message = `Line ${line} is another header. Import the two files one by one.`
        throw new DomainError('csv.another-header', message)
      }
      gathered.add(cells)
      continue
    }
    if (first.length === MAX_PREAMBLE) break
    first.push(cells)
    const found = findColumns(cells, needed)
    if (found.result === 'twice') break
    if (found.result !== 'found') continue
    places = found.places
    gathered = gatherCsvFindings(mapping, places)
  }
  if (gathered) return gathered.take()
  const { at, found } = findHeader(first, needed)
  if (found.result === 'found') return NO_FINDINGS
  const code = found.result === 'twice' ? 'csv.duplicate-column' : 'csv.missing-column'
  throw new DomainError(code, `Line ${at + 1}: ${describeHeader(found)}.`)
}

const readPage = (text: string, mapping: CsvMapping): TransactionPage => {
  try {
    return readCsv(text, mapping)
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error
    throw new DomainError('csv.malformed', `${error.message}.`)
  }
}

const withoutRaw = (row: TransactionRow): Omit<TransactionRow, 'raw'> => {
  const copy: Partial<TransactionRow> = { ...row }
  delete copy.raw
  return copy as Omit<TransactionRow, 'raw'>
}

/** The cells of the header and the places of the needed columns, once it is found. */
type FileHeader = { names: string[]; places: Map<string, number> }

/** A part of a file, with what stands above: it can be read alone. */
type FilePage = {
  text: string
  /** The number of lines before the page in the file. */
  lineOffset: number
}

const MAX_PAGE_ROWS = 1_000

/** Cuts a file between its records into pages of a thousand, byte for byte, and notes its header. */
async function* toFilePages(
  file: string,
  { columns, delimiter }: CsvMapping,
  header: FileHeader,
): AsyncGenerator<FilePage> {
  const bytes = Buffer.from(file, 'utf8')
  let above = { endsAt: 0, line: 0 }
  let from = { endsAt: 0, line: 0 }
  let last = from
  let rows = 0
  let records = 0
  let pages = 0
  const needed = Object.values(columns)
  const cut = (): FilePage => {
    const text =
      bytes.subarray(0, above.endsAt).toString() +
      bytes.subarray(from.endsAt, last.endsAt).toString()
    const page = { text, lineOffset: from.line - above.line }
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
    const mayBeHeader = records <= MAX_PREAMBLE && above.endsAt === 0
    const found = mayBeHeader ? findColumns(cells, needed) : null
    if (found?.result === 'found') {
      if (endsAt > FILE_LIMITS.header) throw headerTooLong()
      header.names = cells.map((cell) => readCell(cell) ?? '')
      header.places = found.places
      above = last
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
