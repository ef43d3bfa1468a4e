import { parse } from 'csv-parse/sync'
import { z } from 'zod'

import type { TransactionStatus } from '../../../domain/cashback/transaction.ts'
import { NetworkError } from '../NetworkError.ts'
import { parseCurrency, parseMinor } from '../parts/amounts.ts'
import { optionalText, requiredText } from '../parts/fields.ts'
import { generateId } from '../parts/ids.ts'
import { parseInstant, parseOptionalInstant } from '../parts/instants.ts'
import { readRows } from '../parts/readRows.ts'
import type { TransactionPage, TransactionRow } from '../types.ts'
import type { CsvMapping } from './csvMapping.ts'

/**
 * Reads a file's text as a page. A line that cannot be read is rejected alone. A file without a
 * column of the mapping is refused as a whole, because every line would lack it.
 *
 * @throws NetworkError `network.bad-answer` not valid CSV, or a column is missing
 */
export const readCsv = (text: string, mapping: CsvMapping): TransactionPage => {
  const [header, ...records] = parseRecords(text, mapping)
  const names = (header?.record ?? []).map((name) => name.trim())
  const missing = Object.values(mapping.columns).filter((name) => !names.includes(name))
  if (missing.length > 0) throw unreadable(`the file has no column ${missing.join(', ')}`)
  const lines = records.map(({ info, record }): CsvLine => ({
    line: info.lines,
    cells: Object.fromEntries(names.map((name, at) => [name, record[at] ?? ''])),
  }))
  const rows = readRows(lines, (line) => readLine(line as CsvLine, mapping))
  return { ...rows, raw: text, total: lines.length }
}

/** Lists the rejected lines with their reasons, for a preview of the import. */
export const listCsvErrors = ({ rejected }: TransactionPage) =>
  rejected.map(({ code, detail, raw }) => ({ line: (raw as CsvLine).line, code, detail }))

type CsvRecord = { record: string[]; info: { lines: number } }

const parseRecords = (text: string, { delimiter }: CsvMapping): CsvRecord[] => {
  try {
    return parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as CsvRecord[]
  } catch {
    throw unreadable('the file is not valid CSV: a quote may be unclosed')
  }
}

const unreadable = (message: string) => new NetworkError('network.bad-answer', { message })

/** A line of a file: its number, and its cells by column name. */
type CsvLine = { line: number; cells: Record<string, string> }

/** Longer than any real id. A broken file may contain ids that no index can hold. */
const MAX_CHARACTERS = 255
const optionalId = optionalText.refine((id) => (id?.length ?? 0) <= MAX_CHARACTERS, 'is too long')

const Line = z.object({
  externalId: optionalId,
  orderId: optionalId,
  clickId: optionalId,
  merchantId: optionalId,
  merchantName: optionalText,
  status: requiredText,
  sale: optionalText,
  commission: requiredText,
  currency: requiredText,
  eventAt: requiredText,
  clickedAt: optionalText,
  changedAt: optionalText,
  reversalOf: optionalId,
  comment: optionalText,
})

/** Reads a line by the mapping. */
const readLine = (raw: CsvLine, mapping: CsvMapping): TransactionRow => {
  const { utcOffset } = mapping
  const { changedAt, clickedAt, commission, sale, status, ...fields } = readCells(raw, mapping)
  const { clickId: subId, merchantId: programId, merchantName: programName, ...others } = fields
  const currency = parseCurrency(fields.currency)
  const toMinor = (text: string) => parseMinor(normalizeAmount(text, mapping), currency)
  const toInstant = (text: string | null) =>
    text === null ? null : parseOptionalInstant(normalizeDate(text, mapping), utcOffset)
  const eventAt = parseInstant(normalizeDate(fields.eventAt, mapping), utcOffset)
  return {
    ...others,
    externalId:
      fields.externalId ?? generateId({ programId, subId, orderId: fields.orderId, eventAt }),
    isIdGenerated: fields.externalId === null,
    subId,
    programId,
    programName,
    status: mapStatus(mapping, status),
    rawStatus: status,
    saleMinor: sale === null ? null : toMinor(sale),
    commissionMinor: toMinor(commission),
    currency,
    eventAt,
    clickedAt: toInstant(clickedAt),
    changedAt: toInstant(changedAt),
    raw,
  }
}

const readCells = ({ cells }: CsvLine, { columns, currency }: CsvMapping) => {
  const found = Object.entries(columns).map(([field, name]) => [
    field,
    Object.hasOwn(cells, name) ? cells[name] : undefined,
  ])
  const line = Object.fromEntries(found) as Record<string, string | undefined>
  return Line.parse({ ...line, currency: line.currency?.trim() ? line.currency : currency })
}

/** Writes an amount with a decimal point. */
const normalizeAmount = (text: string, { decimalSign }: CsvMapping): string =>
  decimalSign === '.' ? text : text.replaceAll('.', '').replace(',', '.')

const DATE = /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?=$|[T ])/

/** Writes a date as year, month and day. */
const normalizeDate = (text: string, { dateOrder }: CsvMapping): string =>
  text.replace(DATE, (_date, ...parts: string[]) => {
    const [first = '', second = '', third = ''] = parts
    const [year, month, day] =
      dateOrder === 'ymd'
        ? [first, second, third]
        : dateOrder === 'dmy'
          ? [third, second, first]
          : [third, first, second]
    return [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-')
  })

const mapStatus = ({ statuses }: CsvMapping, rawStatus: string): TransactionStatus =>
  Object.entries(statuses).find(([name]) => name.toLowerCase() === rawStatus.toLowerCase())?.[1] ??
  'unknown'
