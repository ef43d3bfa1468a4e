import { stringify } from 'csv-stringify/sync'

import { escapeFormula } from '../../src/domain/escapeFormula.ts'
import { toDecimal } from '../../src/domain/money.ts'

type Report<Row> = {
  format: 'csv' | 'json'
  columns: ReportColumn<Row>[]
  rows: Row[]
  /** The response as JSON. */
  json: object
  /** The name of the file, without its extension. */
  name: string
}

/** A report as JSON or as a CSV file. Caches do not store it. */
export const toReportResponse = <Row>({
  columns,
  format,
  json,
  name,
  rows,
}: Report<Row>): Response =>
  format === 'json'
    ? Response.json(json, { headers: { 'Cache-Control': 'no-store' } })
    : new Response(toCsv(columns, rows), {
        headers: {
          'Cache-Control': 'no-store',
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': `attachment; filename="${name}.csv"`,
        },
      })

/** A column of a report: its header and its cells. */
type ReportColumn<Row> = { name: string; value: (row: Row) => string }

type Money = { currency: string }
type MinorOf<Row> = { [Key in keyof Row]: Row[Key] extends number ? Key : never }[keyof Row]
type TextOf<Row> = { [Key in keyof Row]: Row[Key] extends string ? Key : never }[keyof Row]

/** A column of text, safe from running as a formula in a spreadsheet. */
export const textColumn = <Row>(name: string, key: TextOf<Row>): ReportColumn<Row> => ({
  name,
  value: (row) => escapeFormula(row[key] as string),
})

/** A column of counts. */
export const countColumn = <Row>(name: string, key: MinorOf<Row>): ReportColumn<Row> => ({
  name,
  value: (row) => String(row[key]),
})

/** A column of money, as decimals. */
export const moneyColumn = <Row extends Money>(
  name: string,
  key: MinorOf<Row>,
): ReportColumn<Row> => ({
  name,
  value: (row) => toDecimal(row[key] as number, row.currency),
})

/** CSV for spreadsheets, in the form of wallet statements: byte order mark, CRLF. */
const toCsv = <Row>(columns: ReportColumn<Row>[], rows: Row[]): string =>
  stringify(
    [columns.map(({ name }) => name), ...rows.map((row) => columns.map(({ value }) => value(row)))],
    { bom: true, record_delimiter: 'windows' },
  )
