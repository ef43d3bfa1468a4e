import { DomainError } from '../../domain/errors.ts'
import { FILE_LIMITS } from '../limits.ts'
import { formatNumber, type NumberContext } from './formatNumber.ts'
import { malformedWorkbook } from './openArchive.ts'
import { parseXml } from '../parseXml.ts'
import { decodeEscapes, type Workbook } from './readParts.ts'

export type SheetCell = {
  text: string
  /** The number behind a date, in days; null if it is none. */
  serial: number | null
}
/** A row with its number in the sheet. Cells without a value are empty texts. */
export type SheetRow = { number: number; cells: SheetCell[] }

type Options = { workbook: Workbook; decimalSign: NumberContext['decimalSign'] }

const MAX_ROW_NUMBER = 1_048_576
const EMPTY: SheetCell = { text: '', serial: null }

/**
 * Reads the rows of a sheet as they stream in, without empty ones. Formulas give the values that
 * the spreadsheet stored with them.
 *
 * @throws DomainError `xlsx.malformed`, `xlsx.formula-without-value`, `file.too-many-columns`,
 *   `file.cell-too-long`
 */
export async function* readSheet(
  pieces: AsyncIterable<string>,
  options: Options,
): AsyncGenerator<SheetRow> {
  const rows: SheetRow[] = []
  const parsing = parseXml(pieces, collectRows(rows, options))
  while ((await parsing.next()).done !== true) yield* rows.splice(0)
}

/** A cell while its element is read. */
type OpenCell = { column: number; type: string; style: number; value: string; hasFormula: boolean }

const collectRows = (rows: SheetRow[], options: Options) => {
  const path: string[] = []
  let row: SheetRow = { number: 0, cells: [] }
  let cell: OpenCell | null = null
  /** The place of a cell that does not state its own: behind the one before, empty or not. */
  let next = 0
  const isValue = () => {
    const element = path.at(-1)
    return element === 'v' || (element === 't' && path.includes('is') && !path.includes('rPh'))
  }
  return {
    toError: malformedWorkbook,
    onOpen: (name: string, { r, s, t }: Record<string, string>) => {
      path.push(name)
      if (name === 'row') {
        row = { number: nextNumber(r, row.number), cells: [] }
        next = 0
      }
      if (name === 'c') {
        const column = r === undefined ? next : toColumn(r)
        next = column + 1
        cell = { column, type: t ?? 'n', style: Number(s ?? 0), value: '', hasFormula: false }
      }
      if (name === 'f' && cell) cell.hasFormula = true
    },
    onText: (text: string) => {
      if (!cell || !isValue()) return
      cell.value += text
      if (cell.value.length > FILE_LIMITS.cell) throw tooLong(row.number)
    },
    onClose: (name: string) => {
      path.pop()
      if (name === 'c' && cell) {
        place(row, cell, options)
        cell = null
      }
      if (name === 'row' && row.cells.some(({ text }) => text.trim() !== '')) rows.push(row)
    },
  }
}

const nextNumber = (given: string | undefined, last: number): number => {
  const number = given === undefined ? last + 1 : Number(given)
  if (Number.isInteger(number) && number > last && number <= MAX_ROW_NUMBER) return number
  throw malformedWorkbook('its rows are not in order')
}

/** The number of a column, from 0, by the reference of its cell: `AB12` is in column 27. */
const toColumn = (reference: string): number => {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference)?.[1]
  if (letters === undefined) throw malformedWorkbook('a cell has no place')
  return letters.split('').reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

const place = (row: SheetRow, cell: OpenCell, options: Options): void => {
  const read = toCell(cell, row.number, options)
  if (read.text === '') return
  if (cell.column >= FILE_LIMITS.columns) throw tooManyColumns(row.number)
  if (cell.column < row.cells.length) throw malformedWorkbook('its cells are not in order')
  while (row.cells.length < cell.column) row.cells.push(EMPTY)
  row.cells.push(read)
}

/** Types: a number, a shared text, a text of its own, a formula's text, a date, a truth, an error. */
const toCell = (
  { hasFormula, style, type, value }: OpenCell,
  row: number,
  { decimalSign, workbook }: Options,
): SheetCell => {
  if (hasFormula && value === '' && type !== 'str') throw withoutValue(row)
  if (value === '') return EMPTY
  if (type === 's') {
    const text = workbook.texts[Number(value)]
    if (text === undefined) throw malformedWorkbook('a text is missing')
    return { text, serial: null }
  }
  if (type === 'b') return { text: value === '1' ? 'TRUE' : 'FALSE', serial: null }
  if (type === 'd') return { text: value.replace('T', ' '), serial: 0 }
  if (type !== 'n') return { text: decodeEscapes(value), serial: null }
  const number = Number(value)
  if (!Number.isFinite(number)) throw malformedWorkbook('a number is malformed')
  const format = workbook.formats[style] ?? 'General'
  const text = formatNumber(number, format, { is1904: workbook.is1904, decimalSign })
  return { text, serial: /^\d{4}-\d\d-\d\d/.test(text) ? number : null }
}

const tooLong = (row: number) =>
  new DomainError(
    'file.cell-too-long',
    `Line ${row}: a cell has more than ${FILE_LIMITS.cell} characters.`,
  )
const tooManyColumns = (row: number) =>
  new DomainError(
    'file.too-many-columns',
    `Line ${row} has more than ${FILE_LIMITS.columns} columns.`,
  )
const withoutValue = (row: number) =>
  new DomainError(
    'xlsx.formula-without-value',
    `Line ${row} has a formula without its value. Open the file in a spreadsheet and save it.`,
  )
