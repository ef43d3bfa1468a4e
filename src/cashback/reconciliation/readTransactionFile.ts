import { DomainError } from '../../domain/errors.ts'
import { listCsvErrors } from '../networks/csv/readCsv.ts'
import { NetworkError } from '../networks/NetworkError.ts'
import type { Network, TransactionPage, TransactionRow } from '../networks/types.ts'
import { findSeparator } from '../files/findSeparator.ts'
import { readCell } from '../files/readCell.ts'
import { MAX_PREAMBLE } from '../networks/csv/readCsv.ts'
import { decodeFile, readRecords } from './csvFile.ts'

export type LineError = { line: number; code: string; detail: string }

export type ReadTransactionFile = {
  pages: TransactionPage[]
  rows: number
  /** The lines that cannot be imported. */
  errors: LineError[]
  /** The times of the first and the last transaction; null if there are none. */
  window: { from: Date; to: Date } | null
  sample: Omit<TransactionRow, 'raw'>[]
}

const SAMPLE = 5

/**
 * Reads a file of transactions into pages, by its network's mapping. Writes nothing.
 *
 * @throws DomainError `csv.malformed`, `csv.nul-byte`, `csv.empty`
 * @throws DomainError `csv.missing-column` the file lacks a column of the mapping
 */
export const readTransactionFile = async (
  bytes: Uint8Array,
  { mapping, network }: { network: Network; mapping: FileMapping },
): Promise<ReadTransactionFile> => {
  const pages: TransactionPage[] = []
  const errors: LineError[] = []
  const times: number[] = []
  for (const { lineOffset, text } of await toFilePages(decodeFile(bytes), mapping)) {
    const page = readPage(network, text)
    for (const error of listCsvErrors(page))
      errors.push({ ...error, line: error.line + lineOffset })
    for (const { eventAt } of page.rows) times.push(Date.parse(eventAt))
    pages.push(page)
    // Let the process serve other requests between two pages.
    await new Promise((resolve) => setImmediate(resolve))
  }
  times.sort((one, other) => one - other)
  const [first] = times
  return {
    pages,
    rows: times.length,
    errors,
    window:
      first === undefined ? null : { from: new Date(first), to: new Date(times.at(-1) ?? first) },
    sample: pages
      .flatMap(({ rows }) => rows.slice(0, SAMPLE))
      .slice(0, SAMPLE)
      .map(withoutRaw),
  }
}

const readPage = (network: Network, text: string): TransactionPage => {
  try {
    return network.readPage(text)
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

/** What the reading of a file needs of its network's mapping. */
export type FileMapping = { delimiter: string; columns: string[] }

/** A part of a file, with what stands above: it can be read alone. */
type FilePage = {
  text: string
  /** The number of lines before the page in the file. */
  lineOffset: number
}

const MAX_PAGE_ROWS = 1_000

const isHeader = (cells: string[], columns: string[]): boolean => {
  const names = cells.map((cell) => readCell(cell))
  return columns.every((column) => names.includes(column))
}

/** Cuts a file between its records into pages of a thousand, byte for byte. */
const toFilePages = async (
  file: string,
  { columns, delimiter }: FileMapping,
): Promise<FilePage[]> => {
  const bytes = Buffer.from(file, 'utf8')
  const pages: FilePage[] = []
  let header = { endsAt: 0, line: 0 }
  let from = { endsAt: 0, line: 0 }
  let last = from
  let rows = 0
  let records = 0
  const cut = () => {
    const text =
      bytes.subarray(0, header.endsAt).toString() +
      bytes.subarray(from.endsAt, last.endsAt).toString()
    pages.push({ text, lineOffset: from.line - header.line })
    from = last
    rows = 0
  }
  for await (const { cells, endsAt, line } of readRecords(
    bytes,
    findSeparator(file) ?? delimiter,
  )) {
    last = { endsAt, line }
    records += 1
    if (records <= MAX_PREAMBLE && header.endsAt === 0 && isHeader(cells, columns)) {
      header = last
      from = last
      rows = 0
      continue
    }
    rows += 1
    if (rows === MAX_PAGE_ROWS) cut()
  }
  if (rows > 0 || pages.length === 0) cut()
  return pages
}
