import { parse } from 'csv-parse/sync'

import type { TransactionStatus } from '../../../domain/cashback/transaction.ts'
import { DomainError } from '../../../domain/errors.ts'
import { findSeparator } from '../../files/findSeparator.ts'
import { parseAmount } from '../../files/parseAmount.ts'
import { parseTime } from '../../files/parseTime.ts'
import { readCell, readId } from '../../files/readCell.ts'
import { NetworkError } from '../NetworkError.ts'
import { parseCurrency } from '../parts/amounts.ts'
import { generateId } from '../parts/ids.ts'
import { readRows } from '../parts/readRows.ts'
import type { TransactionPage, TransactionRow } from '../types.ts'
import type { CsvMapping } from './csvMapping.ts'

/**
 * Reads a file's text as a page. A line that cannot be read is rejected alone. A file without a
 * column of the mapping, or with two of that name, is refused as a whole. Lines above the header,
 * such as a title or `sep=;`, are left out.
 *
 * @throws NetworkError `network.bad-answer` not valid CSV, or a column is missing or there twice
 */
export const readCsv = (text: string, mapping: CsvMapping): TransactionPage => {
  const records = parseRecords(text, mapping)
  const { at, names } = findHeader(records, Object.values(mapping.columns))
  const lines = records.slice(at + 1).map(({ info, record }): CsvLine => ({
    line: info.lines,
    cells: Object.fromEntries(names.map((name, place) => [name, record[place] ?? ''])),
  }))
  const rows = readRows(lines, (line) => readLine(line as CsvLine, mapping))
  return { ...rows, raw: text, total: lines.length }
}

/** Lines that may stand above the header. */
export const MAX_PREAMBLE = 20

/** Finds the line that has all columns, within the first twenty. */
const findHeader = (records: CsvRecord[], columns: string[]): { at: number; names: string[] } => {
  const headers = records
    .slice(0, MAX_PREAMBLE)
    .map(({ record }) => record.map((name) => readCell(name) ?? ''))
  const at = headers.findIndex((names) => columns.every((column) => names.includes(column)))
  const names = headers[at]
  if (!names) {
    const best = Math.max(
      ...headers.map((header) => header.filter((name) => columns.includes(name)).length),
      0,
    )
    const closest =
      headers.find((header) => header.filter((name) => columns.includes(name)).length === best) ??
      []
    const missing = columns.filter((column) => !closest.includes(column))
    throw unreadable(`the file has no column ${missing.join(', ')}`)
  }
  const twice = columns.find((column) => names.indexOf(column) !== names.lastIndexOf(column))
  if (twice !== undefined) throw unreadable(`the file has the column ${twice} twice`)
  return { at, names }
}

/** Lists the rejected lines with their reasons, for a preview of the import. */
export const listCsvErrors = ({ rejected }: TransactionPage) =>
  rejected.map(({ code, detail, raw }) => ({ line: (raw as CsvLine).line, code, detail }))

type CsvRecord = { record: string[]; info: { lines: number } }

const parseRecords = (text: string, { delimiter }: CsvMapping): CsvRecord[] => {
  try {
    return parse(text, {
      bom: true,
      delimiter: findSeparator(text) ?? delimiter,
      info: true,
      relax_column_count: true,
      // Portals write ids as ="00123", also without the quotes around it.
      relax_quotes: true,
      skip_empty_lines: true,
    }) as unknown as CsvRecord[]
  } catch {
    throw unreadable('the file is not valid CSV: a quote may be unclosed')
  }
}

const unreadable = (message: string) => new NetworkError('network.bad-answer', { message })

/** A line of a file: its number, and its cells by column name. */
type CsvLine = { line: number; cells: Record<string, string> }

/** Reads a line by the mapping. An optional cell that is filled must be readable as well. */
const readLine = ({ cells, line }: CsvLine, mapping: CsvMapping): TransactionRow => {
  const { columns, decimalSign } = mapping
  const cellOf = (field: Field) => {
    const column = columns[field]
    return column === undefined ? undefined : cells[column]
  }
  const text = (field: Field) => readCell(cellOf(field))
  const id = (field: Field) => readId(cellOf(field))
  const required = (field: Field) => {
    const found = text(field)
    if (found !== null) return found
    throw new DomainError('row.malformed', `${columns[field] ?? field} is missing`)
  }
  const currency = parseCurrency(text('currency') ?? mapping.currency ?? '')
  const amount = (given: string | null) =>
    given === null ? null : parseAmount(given, { currency, decimalSign })
  const time = (given: string | null) => (given === null ? null : parseTime(given, mapping))
  const status = required('status')
  const orderId = id('orderId')
  const [subId, programId] = [id('clickId'), id('merchantId')]
  const eventAt = parseTime(required('eventAt'), mapping)
  const externalId = id('externalId')
  return {
    externalId: externalId ?? generateId({ programId, subId, orderId, eventAt }),
    isIdGenerated: externalId === null,
    orderId,
    subId,
    programId,
    programName: text('merchantName'),
    status: mapStatus(mapping, status),
    rawStatus: status,
    saleMinor: amount(text('sale')),
    commissionMinor: parseAmount(required('commission'), { currency, decimalSign }),
    currency,
    eventAt,
    clickedAt: time(text('clickedAt')),
    changedAt: time(text('changedAt')),
    reversalOf: id('reversalOf'),
    comment: text('comment'),
    raw: { line, cells },
  }
}

type Field = keyof CsvMapping['columns']

const mapStatus = ({ statuses }: CsvMapping, rawStatus: string): TransactionStatus =>
  Object.entries(statuses).find(([name]) => name.toLowerCase() === rawStatus.toLowerCase())?.[1] ??
  'unknown'
