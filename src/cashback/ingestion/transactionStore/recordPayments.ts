import { sql } from '@payloadcms/db-postgres'

import type { MatchedLine } from '../../../domain/cashback/matchPayoutLines.ts'
import type { Database } from '../../../database/dbIn.ts'

type Paid = {
  currency: string
  lines: MatchedLine[]
  /** A day. */
  paidAt: string
  now: Date
}

/**
 * Records the payment of transactions by a statement, with its amount: null if it pays in another
 * currency than the network reported. The first payment stays. Returns the ids of the transactions.
 */
export const recordPayments = async (
  db: Database,
  { currency, lines, now, paidAt }: Paid,
): Promise<string[]> => {
  const paid = lines.flatMap(({ amountMinor, isPaying, transaction }) => {
    if (!isPaying || !transaction) return []
    const paidMinor = transaction.currency === currency ? amountMinor : null
    return [{ transaction: transaction.id, paidMinor }]
  })
  if (paid.length === 0) return []
  const { rows } = await db.execute<{ id: string }>(sql`
    update network_transactions s set
      paid_at = ${`${paidAt}T00:00:00Z`},
      paid_minor = p."paidMinor",
      updated_at = ${now.toISOString()}
    from jsonb_to_recordset(${JSON.stringify(paid)}::jsonb)
      as p (transaction uuid, "paidMinor" bigint)
    where s.id = p.transaction and s.paid_at is null
    returning s.id::text`)
  return rows.map(({ id }) => id)
}
