import { parse } from 'csv-parse/sync'

import { NetworkError } from '../NetworkError.ts'
import { readRows } from '../parts/readRows.ts'
import type { SalePage } from '../types.ts'
import type { CsvMapping } from './csvMapping.ts'
import { type CsvLine, readLine } from './readLine.ts'

/**
 * Reads a file's text as a page. A line that cannot be read costs itself only; a file without a
 * column that the mapping names is refused as a whole, since its lines would all mean less.
 *
 * @throws NetworkError `network.bad-answer` no CSV, or a column is missing
 */
export const readCsv = (text: string, mapping: CsvMapping): SalePage => {
  const [header, ...records] = recordsIn(text, mapping)
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

/** For a look before the import: which lines would not come in, and why. */
export const csvErrors = ({ rejected }: SalePage) =>
  rejected.map(({ code, detail, raw }) => ({ line: (raw as CsvLine).line, code, detail }))

type CsvRecord = { record: string[]; info: { lines: number } }

const recordsIn = (text: string, { delimiter }: CsvMapping): CsvRecord[] => {
  try {
    return parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as CsvRecord[]
  } catch {
    throw unreadable('the file is no CSV, such as for a quote that does not end')
  }
}

const unreadable = (message: string) => new NetworkError('network.bad-answer', { message })
