import { DomainError } from '../../domain/errors.ts'
import { FILE_LIMITS } from '../limits.ts'
import { toExponent } from './formatNumber.ts'
import { openArchive } from './openArchive.ts'
import { readParts } from './readParts.ts'
import { readSheet, type SheetCell, type SheetRow } from './readSheet.ts'

type Options = {
  delimiter: string
  decimalSign: ',' | '.'
  /** Rows that may stand above the header. */
  maxPreamble: number
  /** The columns of ids, if these cells are the header; null if they are not. */
  findHeader: (cells: string[]) => { ids: number[] } | null
}

/** The first bytes of a ZIP archive, and of a workbook of the old form or with a password. */
const ZIP = [0x50, 0x4b, 0x03, 0x04]
const OLD = [0xd0, 0xcf, 0x11, 0xe0]

const beginsWith = (bytes: Uint8Array, mark: number[]): boolean =>
  mark.every((byte, at) => bytes[at] === byte)

/**
 * Whether a file is a workbook (.xlsx), by its first bytes.
 *
 * @throws DomainError `xlsx.old-form` it is an old workbook (.xls), or one with a password
 */
export const isWorkbook = (bytes: Uint8Array): boolean => {
  if (beginsWith(bytes, OLD)) {
    const message = 'The file is an old workbook, or has a password. Save it as .xlsx without one.'
    throw new DomainError('xlsx.old-form', message)
  }
  return beginsWith(bytes, ZIP)
}

/**
 * Converts a workbook into the CSV that a file of its contents would have, so that one reader reads
 * both: of the first visible sheet with the header; without any, of the first sheet that is not
 * empty. The line of a row is its number in the sheet. An id that the spreadsheet has taken for a
 * date is written as a number with an exponent, which readers of ids refuse.
 *
 * @throws DomainError `xlsx.malformed`, `xlsx.formula-without-value`, `csv.empty`,
 *   `file.too-large`, `file.too-many-rows`, `file.too-many-columns`, `file.cell-too-long`
 */
export const convertWorkbook = async (
  bytes: Uint8Array,
  options: Options,
): Promise<{ text: string; sheet: string }> => {
  const archive = await openArchive(bytes)
  const workbook = await readParts(archive)
  const { decimalSign } = options
  let fallback: { text: string; sheet: string } | null = null
  for (const { name, part } of workbook.sheets) {
    const rows = readSheet(archive.read(part), { workbook, decimalSign })
    const found = await convertSheet(rows, options)
    if (found.hasHeader) return { text: found.text, sheet: name }
    if (found.text !== '') fallback ??= { text: found.text, sheet: name }
  }
  if (fallback) return fallback
  throw new DomainError('csv.empty', 'The workbook has no visible sheet with rows.')
}

/** Stops below the rows in which the header may be, if it is in none of them. */
const convertSheet = async (
  rows: AsyncIterable<SheetRow>,
  { delimiter, findHeader, maxPreamble }: Options,
): Promise<{ text: string; hasHeader: boolean }> => {
  const parts: string[] = []
  let ids: number[] | null = null
  let [count, length, line] = [0, 0, 1]
  for await (const { cells, number } of rows) {
    ids ??= findHeader(cells.map(({ text }) => text))?.ids ?? null
    const text = toLine(cells, { delimiter, ids: ids ?? [] })
    parts.push('\n'.repeat(number - line), text)
    line = number
    count += 1
    length += text.length
    if (ids === null && count === maxPreamble) break
    if (count > FILE_LIMITS.rows + maxPreamble) throw tooManyRows()
    if (length > FILE_LIMITS.text) throw tooMuchText()
  }
  return { text: parts.join(''), hasHeader: ids !== null }
}

const toLine = (
  cells: SheetCell[],
  { delimiter, ids }: { delimiter: string; ids: number[] },
): string =>
  cells
    .map(({ serial, text }, column) =>
      quote(serial !== null && ids.includes(column) ? toExponent(serial) : text, delimiter),
    )
    .join(delimiter)

/** A line break within a cell becomes a space, so that rows keep their numbers. */
const quote = (text: string, delimiter: string): string => {
  const flat = text.replaceAll(/[\r\n]+/g, ' ')
  return flat.includes('"') || flat.includes(delimiter) ? `"${flat.replaceAll('"', '""')}"` : flat
}

/** The error of a file with more rows than a file may have. */
export const tooManyRows = () =>
  new DomainError(
    'file.too-many-rows',
    `The file has more than ${FILE_LIMITS.rows} rows. Split it by months.`,
  )

const tooMuchText = () =>
  new DomainError('file.too-large', 'The workbook has too much text. Split it by months.')
