import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import type { Observed } from './types.ts'

/**
 * The sales of orders that these rows are of, by what is known before they are written: a row may
 * be of another order now, or return another, and what it took from the first is to be given back.
 * And the returns that we laid on an order which may come by another click now: those of its former
 * click are to find another.
 */
export const ordersLeft = async (
  db: Database,
  network: string,
  rows: Observed[],
): Promise<string[]> => {
  if (rows.length === 0) return []
  const body = JSON.stringify(
    rows.map(({ clickId, externalId, orderId }) => ({ clickId, externalId, orderId })),
  )
  const { rows: left } = await db.execute<{ id: string }>(sql`
    with before as materialized (
      select t.order_id, t.return_of, s."orderId" as now, t.sub_id is distinct from s."clickId" as is_moved
      from jsonb_to_recordset(${body}::jsonb) as s ("externalId" text, "orderId" text, "clickId" text)
      join network_transactions t on t.network_id = ${network} and t.external_id = s."externalId"
    ), orders as materialized (
      select return_of as order_id from before where return_of is not null
      union select order_id from before where order_id is not null and order_id is distinct from now
    )
    select o.id::text from orders join network_transactions o
      on o.network_id = ${network} and o.order_id = orders.order_id
    union select r.id::text from before join network_transactions r
      on r.network_id = ${network} and r.return_of = before.order_id
    where before.is_moved and r.is_return_inferred`)
  return left.map(({ id }) => id)
}
