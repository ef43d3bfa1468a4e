import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../../database/dbIn.ts'

/** A reversal with the order that it is now matched to; `was` is the former order. */
export type MatchedReversal = { id: string; was: string | null; order: string | null }

/**
 * Links reversals to the orders that they are matched to. Returns the ids of the reversals, and of
 * the transactions of the former orders.
 */
export const linkReversals = async (
  db: Database,
  reversals: MatchedReversal[],
): Promise<string[]> => {
  if (reversals.length === 0) return []
  const { rows } = await db.execute<{ id: string }>(sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(reversals)}::jsonb)
        as m (id uuid, was text, "order" text)
    ), linked as (
      update network_transactions r
      set reversal_of = m."order", is_reversal_inferred = m."order" is not null
      from given m where r.id = m.id
      returning r.id, r.network_id, m.was
    )
    select id::text from linked
    union
    select o.id::text
    from linked
    join network_transactions o
      on o.network_id = linked.network_id and o.order_id = linked.was`)
  return rows.map(({ id }) => id)
}
