import { type ReportColumn, reportCsv } from '../../../src/reconciliation/reportCsv.ts'

type Report<Row> = {
  format: 'csv' | 'json'
  columns: ReportColumn<Row>[]
  rows: Row[]
  /** What the answer is as JSON. */
  json: object
  /** The name of the file. */
  name: string
}

/** A report as it was asked for. No proxy keeps it. */
export const reportAs = <Row>({ columns, format, json, name, rows }: Report<Row>): Response =>
  format === 'json'
    ? Response.json(json, { headers: { 'Cache-Control': 'no-store' } })
    : new Response(reportCsv(columns, rows), {
        headers: {
          'Cache-Control': 'no-store',
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': `attachment; filename="${name}.csv"`,
        },
      })
