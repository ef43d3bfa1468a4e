import { sql } from '@payloadcms/db-postgres'

import type { JudgedLine } from '../domain/judgePayout.ts'
import type { Database } from '../ledger/transactionOf.ts'

/**
 * Notes on sales that their network pays for them, and how much: nothing where it pays in another
 * currency than it reported in. Answers their ids.
 */
export const paySales = async (
  db: Database,
  {
    currency,
    lines,
    now,
    paidAt,
  }: {
    currency: string
    lines: JudgedLine[]
    /** A day. */
    paidAt: string
    now: Date
  },
): Promise<string[]> => {
  const paid = lines.flatMap(({ amountMinor, isPaying, sale }) =>
    isPaying && sale
      ? [{ sale: sale.id, paidMinor: sale.currency === currency ? amountMinor : null }]
      : [],
  )
  if (paid.length === 0) return []
  const { rows } = await db.execute<{ id: string }>(sql`
    update network_transactions s set paid_at = ${`${paidAt}T00:00:00Z`},
      paid_minor = p."paidMinor", updated_at = ${now.toISOString()}
    from jsonb_to_recordset(${JSON.stringify(paid)}::jsonb) as p (sale uuid, "paidMinor" bigint)
    where s.id = p.sale and s.paid_at is null
    returning s.id::text`)
  return rows.map(({ id }) => id)
}
