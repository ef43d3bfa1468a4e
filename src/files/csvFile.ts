import { pipeline, Readable } from 'node:stream'
import { setImmediate as giveWay } from 'node:timers/promises'

import { CsvError, parse, type Parser } from 'csv-parse'

import { DomainError } from '../domain/errors.ts'
import { FILE_LIMITS } from './limits.ts'
import { tooManyRows } from './xlsx/convertWorkbook.ts'
import { MAX_PREAMBLE } from './findColumns.ts'

/**
 * Decodes a file: UTF-16 with a byte order mark, UTF-8 with or without one, else Windows-1252,
 * which older spreadsheets use.
 *
 * @throws DomainError `csv.nul-byte` the file is no text, such as a workbook
 * @throws DomainError `csv.empty`
 */
export const decodeFile = (bytes: Uint8Array): string => {
  const wide = UTF_16.find(({ mark }) => mark.every((byte, at) => bytes[at] === byte))
  const text = wide ? new TextDecoder(wide.encoding).decode(bytes) : decodeBytes(bytes)
  if (text.trim() === '') throw new DomainError('csv.empty', 'The file is empty.')
  return text
}

const UTF_16 = [
  { encoding: 'utf-16le', mark: [0xff, 0xfe] },
  { encoding: 'utf-16be', mark: [0xfe, 0xff] },
]

const decodeBytes = (bytes: Uint8Array): string => {
  const nul = bytes.indexOf(0)
  if (nul >= 0) {
    const line = countLines(bytes.subarray(0, nul))
    throw new DomainError(
      'csv.nul-byte',
      `Line ${line} has a NUL byte, so the file is not CSV. Save it as CSV in UTF-8.`,
    )
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return decodeWindows1252(bytes)
  }
}

/** The characters of the bytes 80 to 9f; `TextDecoder` of some versions of Node takes Latin-1. */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

const decodeWindows1252 = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('latin1')
    .replaceAll(/[\u0080-\u009f]/g, (sign) => HIGH[sign.charCodeAt(0) - 0x80] ?? sign)

const countLines = (bytes: Uint8Array): number =>
  bytes.reduce((lines, byte) => (byte === 10 ? lines + 1 : lines), 1)

/** A record of a file: its cells, the line on which it ends, and the byte after it. */
export type CsvRecord = { cells: string[]; line: number; endsAt: number }

const CHUNK = 64 * 1024

/** The same options as the adapter for files, so that both read the same CSV. */
const OPTIONS = {
  bom: true,
  info: true,
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  // Also ends the search for the second quote of an open one.
  max_record_size: FILE_LIMITS.row,
} as const

/**
 * Reads CSV in small pieces and keeps none of them. What is larger than a file may be is refused as
 * soon as it is reached.
 *
 * @throws DomainError `csv.malformed` such as an open quote; the message names the line
 * @throws DomainError `file.too-many-rows`, `file.too-many-columns`, `file.cell-too-long`
 */
export async function* readRecords(bytes: Buffer, delimiter: string): AsyncGenerator<CsvRecord> {
  const parser = parse({ ...OPTIONS, delimiter })
  // An error of a part reaches the reader of the records through the parser.
  pipeline(Readable.from(splitIntoChunks(bytes, parser)), parser, () => undefined)
  let records = 0
  try {
    for await (const found of parser) {
      const { info, record } = found as { info: { bytes: number; lines: number }; record: string[] }
      records += 1
      if (records > FILE_LIMITS.rows + MAX_PREAMBLE) throw tooManyRows()
      checkCells(record, info.lines)
      yield { cells: record, line: info.lines, endsAt: info.bytes }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = Number(error.lines ?? 1)
    if (error.code === 'CSV_MAX_RECORD_SIZE') {
      // `index` is the number of cells of the line that were read by then.
      if (Number(error.index) > FILE_LIMITS.columns) throw tooManyColumns(line)
      throw tooLong(line, 'the line', FILE_LIMITS.row)
    }
    throw new DomainError('csv.malformed', `Line ${line}: ${REASONS[error.code] ?? 'is not CSV'}.`)
  }
}

const REASONS: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is not closed',
  INVALID_OPENING_QUOTE: 'a quote is inside a cell',
  CSV_INVALID_CLOSING_QUOTE: 'text follows a closing quote',
}

const checkCells = (cells: string[], line: number): void => {
  if (cells.length > FILE_LIMITS.columns) throw tooManyColumns(line)
  if (cells.some(({ length }) => length > FILE_LIMITS.cell)) {
    throw tooLong(line, 'a cell', FILE_LIMITS.cell)
  }
}

const tooManyColumns = (line: number) =>
  new DomainError(
    'file.too-many-columns',
    `Line ${line} has more than ${FILE_LIMITS.columns} columns.`,
  )

const tooLong = (line: number, what: string, limit: number) =>
  new DomainError(
    'file.cell-too-long',
    `Line ${line}: ${what} has more than ${limit} characters. A quote may be left open above.`,
  )

/**
 * Ends in the middle of a line that has too many cells, which its length does not show. Other events
 * come between the parts: a process that reads a file has to hear that its parent has ended.
 */
async function* splitIntoChunks(bytes: Buffer, parser: Parser): AsyncGenerator<Buffer> {
  const { info, state } = parser as unknown as Reading
  for (let at = 0; at < bytes.length; at += CHUNK) {
    if (state.record.length > FILE_LIMITS.columns) throw tooManyColumns(info.lines)
    await giveWay()
    yield bytes.subarray(at, at + CHUNK)
  }
}

/** What the parser has read of a line so far. */
type Reading = { state: { record: string[] }; info: { lines: number } }
