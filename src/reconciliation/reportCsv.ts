import { stringify } from 'csv-stringify/sync'

import { inertCell } from '../domain/inertCell.ts'
import { toDecimal } from '../domain/money.ts'

/** How one column of a report is called, and what stands in it. */
export type ReportColumn<Row> = { name: string; value: (row: Row) => string }

type Money = { currency: string }
type MinorOf<Row> = { [Key in keyof Row]: Row[Key] extends number ? Key : never }[keyof Row]
type TextOf<Row> = { [Key in keyof Row]: Row[Key] extends string ? Key : never }[keyof Row]

/** A column of text, which no spreadsheet runs. */
export const textColumn = <Row>(name: string, key: TextOf<Row>): ReportColumn<Row> => ({
  name,
  value: (row) => inertCell(row[key] as string),
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

/** A report as CSV for spreadsheets, in the form of wallet statements: byte order mark, CRLF. */
export const reportCsv = <Row>(columns: ReportColumn<Row>[], rows: Row[]): string =>
  stringify(
    [columns.map(({ name }) => name), ...rows.map((row) => columns.map(({ value }) => value(row)))],
    { bom: true, record_delimiter: 'windows' },
  )
