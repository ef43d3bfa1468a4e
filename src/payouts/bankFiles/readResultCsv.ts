import { DomainError } from '../../domain/errors.ts'
import { checkLine } from '../../files/checkLine.ts'
import { type CsvRecord, decodeFile, readRecords } from '../../files/csvFile.ts'
import {
  compareHeader,
  describeHeader,
  findColumns,
  findHeader,
  MAX_PREAMBLE,
} from '../../files/findColumns.ts'
import { findSeparator } from '../../files/findSeparator.ts'
import { isTotal } from '../../files/isTotal.ts'
import { readCell } from '../../files/readCell.ts'
import { convertWorkbook, isWorkbook } from '../../files/xlsx/convertWorkbook.ts'
import type { BankProfile, CsvResult } from './profiles.ts'
import { type CellReading, readIdCell, readResultLine } from './readResultLine.ts'
import {
  createWordReader,
  type ReadLines,
  RESULT_LIMITS,
  tooManyLines,
  unreadable,
} from './resultLine.ts'

type Field = keyof CsvResult['columns']
type CsvOptions = { profile: BankProfile; result: CsvResult }

/**
 * Reads a bank's answer in CSV or a workbook. Lines above the header, repeated headers, totals and
 * empty lines are left out. In a file without a header every line is a payment.
 *
 * @throws DomainError `payout-file.unreadable`, `payout-file.columns`, `payout-file.too-many-lines`
 * @throws DomainError the codes of the readers of CSV and workbooks
 */
export const readResultCsv = async (
  bytes: Uint8Array,
  { profile, result }: CsvOptions,
): Promise<ReadLines> => {
  const { separator, text } = await toText(bytes, result)
  const records: CsvRecord[] = []
  for await (const record of readRecords(Buffer.from(text), separator)) {
    records.push(record)
    if (records.length > RESULT_LIMITS.lines + MAX_PREAMBLE) throw tooManyLines()
  }
  const header = findPlaces(records, result)
  const reading: CellReading = {
    profile,
    result,
    places: header.places,
    readWord: createWordReader(profile),
  }
  const read: ReadLines = { lines: [], refused: [], batch: null }
  for (const record of records.slice(header.below)) {
    if (isNoPayment(record, reading, header.names)) continue
    try {
      checkCells(record, { columns: header.width, delimiter: separator })
      read.lines.push(readResultLine(record, reading))
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      const { code, message } = error
      read.refused.push({ line: record.line, code, message, key: tryReadKey(record, reading) })
    }
  }
  return read
}

const toText = async (
  bytes: Uint8Array,
  result: CsvResult,
): Promise<{ text: string; separator: string }> => {
  if (isWorkbook(bytes)) {
    const { text } = await convertWorkbook(bytes, {
      decimalSign: result.decimal,
      delimiter: ',',
      maxPreamble: MAX_PREAMBLE,
      findHeader: (cells) => findIdPlaces(cells, result),
    })
    return { text, separator: ',' }
  }
  if (countLines(bytes) > RESULT_LIMITS.lines + MAX_PREAMBLE) throw tooManyLines()
  const text = decodeFile(bytes)
  if (/^\ufeff?\s*<[?!a-z]/i.test(text.slice(0, 200))) {
    throw unreadable('The file is XML or a web page; the profile reads CSV and workbooks.')
  }
  return { text, separator: findSeparator(text) ?? result.separator }
}

const countLines = (bytes: Uint8Array): number => {
  let [lines, last] = [0, 0]
  for (const byte of bytes) {
    // A line break, but for the second half of CR LF.
    if (byte === 13 || (byte === 10 && last !== 13)) lines += 1
    last = byte
  }
  return lines
}

/** The places of the columns that a spreadsheet may have taken for numbers, if it is the header. */
const findIdPlaces = (cells: string[], result: CsvResult): { ids: number[] } | null => {
  const { account, bankReference, key } = result.columns
  const ids = [account, bankReference, key].filter((column) => column !== null)
  if (!result.hasHeader) return { ids: ids.map((place) => Number(place) - 1) }
  const found = findColumns(cells, listColumns(result))
  if (found.result !== 'found') return null
  return { ids: ids.flatMap((column) => found.places.get(String(column)) ?? []) }
}

const listColumns = ({ columns }: CsvResult): string[] =>
  Object.values(columns).flatMap((column) => (column === null ? [] : [String(column)]))

type FoundHeader = {
  places: CellReading['places']
  /** The columns by their names; null in a file without a header. */
  names: Map<string, number> | null
  /** The number of columns; without a header any number is right. */
  width: number
  /** The first record below the header. */
  below: number
}

const findPlaces = (records: CsvRecord[], result: CsvResult): FoundHeader => {
  const fields = Object.entries(result.columns) as [Field, number | string | null][]
  if (!result.hasHeader) {
    const places = fields.flatMap(([field, column]) =>
      column === null ? [] : [[field, Number(column) - 1] as const],
    )
    checkWidth(records, Math.max(...places.map(([, place]) => place)))
    return { places: new Map(places), names: null, width: Number.POSITIVE_INFINITY, below: 0 }
  }
  const lines = records.slice(0, MAX_PREAMBLE).map(({ cells }) => cells)
  const { at, found } = findHeader(lines, listColumns(result))
  if (found.result !== 'found') {
    const field = found.result === 'missing' ? found.columns.join(', ') : found.column
    const message = `It is not the bank's answer that the profile reads: ${describeHeader(found)}.`
    throw new DomainError('payout-file.columns', message, { field })
  }
  const places = fields.flatMap(([field, column]) => {
    const place = column === null ? undefined : found.places.get(String(column))
    return place === undefined ? [] : [[field, place] as const]
  })
  const width = records[at]?.cells.length ?? 0
  return { places: new Map(places), names: found.places, width, below: at + 1 }
}

/** A file without a header is known by its width alone. */
const checkWidth = (records: CsvRecord[], last: number): void => {
  if (records.some(({ cells }) => cells.length > last)) return
  const message = `It is not the bank's answer that the profile reads: no line has ${last + 1} columns.`
  throw new DomainError('payout-file.columns', message, { field: String(last + 1) })
}

const isNoPayment = (
  { cells, line }: CsvRecord,
  { places }: CellReading,
  names: FoundHeader['names'],
): boolean => {
  const repeated = names && compareHeader(cells, names)
  if (repeated === 'other') {
    const message = `Line ${line} is another header. Import the two files one by one.`
    throw new DomainError('payout-file.columns', message, { field: 'header' })
  }
  const filled = cells.map(readCell)
  if (repeated === 'same' || filled.every((cell) => cell === null)) return true
  const key = filled[places.get('key') ?? -1] ?? null
  return isTotal({ cells: key === null ? filled : [key], ids: [] })
}

/** The messages of the shared check show a cell, which may be an account. */
const checkCells = ({ cells }: CsvRecord, shape: { columns: number; delimiter: string }): void => {
  try {
    checkLine(cells, shape)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const message =
      error.code === 'row.open-quote'
        ? 'A cell has other lines of the file in it: a quote is not closed.'
        : 'The line has more cells than the header. A cell with the separator in it needs quotes.'
    throw new DomainError('payout-file.line', message)
  }
}

const tryReadKey = (record: CsvRecord, reading: CellReading): string | null => {
  try {
    return readIdCell(record, reading, 'key')
  } catch {
    return null
  }
}
