import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'

/** A payment statement that was imported, in figures. */
export type ListedStatement = {
  id: string
  name: string
  reference: string
  /** A day. */
  paidAt: string
  currency: string
  totalMinor: number
  differenceMinor: number
  lines: number
  matched: number
}

type Figure = 'differenceMinor' | 'lines' | 'matched' | 'totalMinor'
type Row = Omit<ListedStatement, Figure> & Record<Figure, string>

/** The latest payment statements, the newest first. */
export const listStatements = async (db: Database, limit: number): Promise<ListedStatement[]> => {
  const { rows } = await db.execute<Row>(sql`
    select x.id::text, n.name, x.reference, to_char(x.paid_at at time zone 'UTC', 'YYYY-MM-DD') as "paidAt",
      x.currency, x.total_minor as "totalMinor", x.difference_minor as "differenceMinor", x.lines, x.matched
    from network_statements x join networks n on n.id = x.network_id
    order by x.paid_at desc, x.created_at desc limit ${limit}`)
  return rows.map((row) => ({
    ...row,
    totalMinor: Number(row.totalMinor),
    differenceMinor: Number(row.differenceMinor),
    lines: Number(row.lines),
    matched: Number(row.matched),
  }))
}
