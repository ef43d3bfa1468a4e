import { parse } from 'csv-parse/sync'

import { DomainError } from '../../../domain/errors.ts'
import {
  type FileFindings,
  gatherFindings,
  joinFindings,
  splitFindings,
} from '../../../files/fileConventions.ts'
import {
  compareHeader,
  describeHeader,
  findHeader,
  type FoundColumns,
} from '../../../files/findColumns.ts'
import { findSeparator } from '../../../files/findSeparator.ts'
import { readCell } from '../../../files/readCell.ts'
import { NetworkError } from '../NetworkError.ts'
import { describeProblem } from '../parts/readRows.ts'
import type { RejectedRow, TransactionPage, TransactionRow } from '../types.ts'
import type { CsvMapping } from './csvMapping.ts'
import { type Field, type LineReading, readLine } from './readLine.ts'

/**
 * Reads a file's text as a page. A line that cannot be read is rejected alone. A file without a
 * column of the mapping, or with two of that name, is refused as a whole. Lines above the header,
 * such as a title or `sep=;`, are left out.
 *
 * @throws NetworkError `network.bad-answer` not valid CSV, a column is missing or there twice, or
 *   another header follows
 */
export const readCsv = (page: string, mapping: CsvMapping): TransactionPage => {
  const { findings, text } = splitFindings(page)
  const delimiter = findSeparator(text) ?? mapping.delimiter
  const records = parseRecords(text, delimiter)
  const header = findHeader(
    records.map(({ record }) => record),
    Object.values(mapping.columns),
  )
  const places = requirePlaces(header.found)
  const lines = records.slice(header.at + 1)
  const names = records[header.at]?.record ?? []
  const ofPage = gatherCsvFindings(mapping, places)
  for (const { info, record } of lines) {
    if (compareHeader(record, places) === 'other')
      throw unreadable(`line ${info.lines} is another header: import the two files one by one`)
    ofPage.add(record)
  }
  const reading: LineReading = {
    mapping,
    places,
    delimiter,
    columns: names.length,
    findings: joinFindings(findings, ofPage.take()),
  }
  const rows: TransactionRow[] = []
  const rejected: RejectedRow[] = []
  for (const { info, record } of lines) {
    const raw = { line: info.lines, cells: toCells(names, record) }
    try {
      rows.push({ ...readLine(record, reading), raw })
    } catch (error) {
      const column = error instanceof DomainError ? (error.details.field ?? null) : null
      rejected.push({ raw: { ...raw, column }, ...describeProblem(error) })
    }
  }
  return { rows, rejected, raw: page, total: lines.length }
}

/** A line of a file: its number, its cells by column name, and the column that is unreadable. */
type RawLine = { line: number; cells: Record<string, string>; column: string | null }

/** Lists the rejected lines with their reasons, for a preview of the import. */
export const listCsvErrors = ({ rejected }: TransactionPage) =>
  rejected.map(({ code, detail, raw }) => {
    const { column, line } = raw as RawLine
    return { line, column, code, detail }
  })

const AMOUNTS: Field[] = ['sale', 'commission']
const DATES: Field[] = ['eventAt', 'clickedAt', 'changedAt']
const IDS: Field[] = ['externalId', 'orderId', 'clickId', 'merchantId', 'reversalOf']

/** Gathers what the lines of a file of transactions show of its conventions. */
export const gatherCsvFindings = (
  mapping: CsvMapping,
  places: Map<string, number>,
): { add: (cells: readonly string[]) => void; take: () => FileFindings } => {
  const gathered = gatherFindings(mapping)
  const placesOf = (fields: Field[]) =>
    fields.flatMap((field) => places.get(mapping.columns[field] ?? '') ?? [])
  const [amounts, dates, ids] = [AMOUNTS, DATES, IDS].map(placesOf)
  const [currency] = placesOf(['currency'])
  const cellsAt = (cells: readonly string[], at: number[] = []) => at.map((place) => cells[place])
  return {
    add: (cells) => {
      const own = currency === undefined ? null : readCell(cells[currency])
      gathered.add({
        amounts: cellsAt(cells, amounts),
        dates: cellsAt(cells, dates),
        ids: cellsAt(cells, ids),
        currency: own?.toUpperCase() ?? mapping.currency,
      })
    },
    take: gathered.take,
  }
}

const requirePlaces = (found: FoundColumns): Map<string, number> => {
  if (found.result === 'found') return found.places
  throw unreadable(describeHeader(found))
}

type CsvRecord = { record: string[]; info: { lines: number } }

const parseRecords = (text: string, delimiter: string): CsvRecord[] => {
  try {
    return parse(text, {
      bom: true,
      delimiter,
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

const toCells = (names: string[], record: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name, place) => [readCell(name) ?? '', record[place] ?? '']))

const unreadable = (message: string) => new NetworkError('network.bad-answer', { message })
