import { sql } from '@payloadcms/db-postgres'

import type { MatchedLine } from '../../domain/cashback/matchPayoutLines.ts'
import type { Database } from '../../database/dbIn.ts'

export type Statement = {
  network: string
  reference: string
  /** A day. */
  paidAt: string
  currency: string
  contentHash: string
  importedBy: string
}

/** A line of a statement beside the amount of our books. */
export type StatementLine = Pick<
  MatchedLine,
  'number' | 'externalId' | 'orderId' | 'amountMinor' | 'ourMinor' | 'result'
> & {
  /** The id of the network transaction. */
  transaction: string | null
}

export type StatementFigures = {
  lines: number
  matched: number
  totalMinor: number
  /** The amount paid less the amount due by our books. Below zero: the network paid too little. */
  differenceMinor: number
}

type NewStatement = {
  statement: Statement
  figures: StatementFigures
  lines: StatementLine[]
  now: Date
}

/** Writes a statement and its lines with two queries. Returns its id. */
export const saveStatement = async (
  db: Database,
  { figures, lines, now, statement }: NewStatement,
): Promise<string> => {
  const at = now.toISOString()
  const { contentHash, currency, importedBy, network, paidAt, reference } = statement
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into network_statements (id, network_id, reference, paid_at, currency, total_minor,
      difference_minor, lines, matched, content_hash, imported_by_id, created_at, updated_at)
    values (time_ordered_uuid(), ${network}, ${reference}, ${`${paidAt}T00:00:00Z`}, ${currency},
      ${figures.totalMinor}, ${figures.differenceMinor}, ${figures.lines}, ${figures.matched},
      ${contentHash}, ${importedBy}, ${at}, ${at})
    returning id::text`)
  const id = rows[0]?.id ?? ''
  await db.execute(sql`
    insert into statement_lines (id, statement_id, number, external_id, order_id, amount_minor,
      our_minor, currency, result, transaction_id, created_at, updated_at)
    select time_ordered_uuid(), ${id}, l.number, l."externalId", l."orderId", l."amountMinor",
      l."ourMinor", ${currency}, l.result::enum_statement_lines_result, l.transaction, ${at}, ${at}
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l (number int, "externalId" text,
      "orderId" text, "amountMinor" bigint, "ourMinor" bigint, result text, transaction uuid)
    order by l.number`)
  return id
}

type StoredStatement = { id: string; contentHash: string; lines: StatementLine[] }
type LineRow = Omit<StatementLine, 'amountMinor' | 'number' | 'ourMinor'> & {
  number: string
  amountMinor: string
  ourMinor: string | null
}

/** Finds the network's statement with this reference; null if there is none. */
export const findStatement = async (
  db: Database,
  { network, reference }: Pick<Statement, 'network' | 'reference'>,
): Promise<StoredStatement | null> => {
  const { rows } = await db.execute<{ id: string; contentHash: string }>(sql`
    select id::text, content_hash as "contentHash" from network_statements
    where network_id = ${network} and reference = ${reference}`)
  const [found] = rows
  if (!found) return null
  const lines = await db.execute<LineRow>(sql`
    select number, external_id as "externalId", order_id as "orderId", amount_minor as "amountMinor",
      our_minor as "ourMinor", result::text, transaction_id::text as transaction
    from statement_lines where statement_id = ${found.id} order by number`)
  return { ...found, lines: lines.rows.map(toStatementLine) }
}

const toStatementLine = ({ amountMinor, number, ourMinor, ...line }: LineRow): StatementLine => ({
  ...line,
  number: Number(number),
  amountMinor: Number(amountMinor),
  ourMinor: ourMinor === null ? null : Number(ourMinor),
})

/** An imported statement in figures. */
export type ListedStatement = StatementFigures &
  Pick<Statement, 'currency' | 'paidAt' | 'reference'> & {
    id: string
    /** The name of its network. */
    name: string
  }

type ListRow = Omit<ListedStatement, keyof StatementFigures> &
  Record<keyof StatementFigures, string>

/** The latest payment statements, newest first. */
export const listStatements = async (db: Database, limit: number): Promise<ListedStatement[]> => {
  const { rows } = await db.execute<ListRow>(sql`
    select x.id::text,
      n.name,
      x.reference,
      to_char(x.paid_at at time zone 'UTC', 'YYYY-MM-DD') as "paidAt",
      x.currency,
      x.total_minor as "totalMinor",
      x.difference_minor as "differenceMinor",
      x.lines,
      x.matched
    from network_statements x
    join networks n on n.id = x.network_id
    order by x.paid_at desc, x.created_at desc
    limit ${limit}`)
  return rows.map((row) => ({
    ...row,
    totalMinor: Number(row.totalMinor),
    differenceMinor: Number(row.differenceMinor),
    lines: Number(row.lines),
    matched: Number(row.matched),
  }))
}
