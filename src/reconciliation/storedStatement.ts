import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import { type PayoutSummary, payoutSummary, type ShownLine } from './payoutSummary.ts'

export type StoredStatement = PayoutSummary & { id: string; contentHash: string }

type Line = Omit<ShownLine, 'amountMinor' | 'number' | 'ourMinor'> & {
  number: string
  amountMinor: string
  ourMinor: string | null
}

/** The statement that a reference was used for; null where it was not. */
export const storedStatement = async (
  db: Database,
  { network, reference }: { network: string; reference: string },
): Promise<StoredStatement | null> => {
  const { rows } = await db.execute<{ id: string; contentHash: string }>(sql`
    select id::text, content_hash as "contentHash" from network_statements
    where network_id = ${network} and reference = ${reference}`)
  const [found] = rows
  if (!found) return null
  const lines = await db.execute<Line>(sql`
    select number, external_id as "externalId", order_id as "orderId", amount_minor as "amountMinor",
      our_minor as "ourMinor", verdict::text, sale_id::text as sale
    from statement_lines where statement_id = ${found.id} order by number`)
  return { ...found, ...payoutSummary(lines.rows.map(lineOf)) }
}

const lineOf = ({ amountMinor, number, ourMinor, ...line }: Line): ShownLine => ({
  ...line,
  number: Number(number),
  amountMinor: Number(amountMinor),
  ourMinor: ourMinor === null ? null : Number(ourMinor),
})
