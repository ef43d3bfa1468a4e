import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import type { Observed } from './types.ts'

/**
 * The sales of orders that these rows are of, by what is known before they are written: a row may
 * be of another order now, or return another, and what it took from the first is to be given back.
 */
export const ordersLeft = async (
  db: Database,
  network: string,
  rows: Observed[],
): Promise<string[]> => {
  if (rows.length === 0) return []
  const body = JSON.stringify(rows.map(({ externalId, orderId }) => ({ externalId, orderId })))
  const { rows: left } = await db.execute<{ id: string }>(sql`
    with before as materialized (
      select t.order_id, t.return_of, s."orderId" as now
      from jsonb_to_recordset(${body}::jsonb) as s ("externalId" text, "orderId" text)
      join network_transactions t on t.network_id = ${network} and t.external_id = s."externalId"
    ), orders as materialized (
      select return_of as order_id from before where return_of is not null
      union select order_id from before where order_id is not null and order_id is distinct from now
    )
    select o.id::text from orders join network_transactions o
      on o.network_id = ${network} and o.order_id = orders.order_id`)
  return left.map(({ id }) => id)
}
