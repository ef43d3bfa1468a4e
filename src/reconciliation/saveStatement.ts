import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import type { PayoutSummary, ShownLine } from './payoutSummary.ts'

export type Statement = {
  network: string
  reference: string
  /** A day. */
  paidAt: string
  currency: string
  contentHash: string
  importedBy: string
}

/** Writes a statement and its lines, in two statements of SQL. Answers its id. */
export const saveStatement = async (
  db: Database,
  {
    lines,
    now,
    statement,
    summary,
  }: {
    statement: Statement
    summary: PayoutSummary
    lines: ShownLine[]
    now: Date
  },
): Promise<string> => {
  const at = now.toISOString()
  const { contentHash, currency, importedBy, network, paidAt, reference } = statement
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into network_statements (id, network_id, reference, paid_at, currency, total_minor,
      difference_minor, lines, matched, content_hash, imported_by_id, created_at, updated_at)
    values (time_ordered_uuid(), ${network}, ${reference}, ${`${paidAt}T00:00:00Z`}, ${currency},
      ${summary.totalMinor}, ${summary.differenceMinor}, ${summary.lines}, ${summary.matched},
      ${contentHash}, ${importedBy}, ${at}, ${at})
    returning id::text`)
  const id = rows[0]?.id ?? ''
  await db.execute(sql`
    insert into statement_lines (id, statement_id, number, external_id, order_id, amount_minor,
      our_minor, currency, verdict, sale_id, created_at, updated_at)
    select time_ordered_uuid(), ${id}, l.number, l."externalId", l."orderId", l."amountMinor",
      l."ourMinor", ${currency}, l.verdict::enum_statement_lines_verdict, l.sale, ${at}, ${at}
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l (number int, "externalId" text,
      "orderId" text, "amountMinor" bigint, "ourMinor" bigint, verdict text, sale uuid)
    order by l.number`)
  return id
}
