import { sql } from '@payloadcms/db-postgres'

import type { OrderLeft } from '../domain/layReturns.ts'
import type { Database } from '../ledger/transactionOf.ts'
import { isCounted } from './isCounted.ts'

/** An order of a click, in one currency and of one shop. */
export type StoredOrder = OrderLeft & {
  network: string
  click: string
  currency: string
  programId: string | null
}

/**
 * The orders of these clicks with what they earned, all their rows together, less what returns take
 * that the network itself lays on them. An order is as old as its first row. Its click is that of
 * `layingClick`, looked for by the index of either column.
 */
export const loadOrdersLeft = async (db: Database, clicks: string[]): Promise<StoredOrder[]> => {
  const { rows } = await db.execute<StoredOrder & { leftMinor: string }>(sql`
    with asked as materialized (
      select value::uuid as click_id from jsonb_array_elements_text(${JSON.stringify(clicks)}::jsonb)
    ), found as materialized (
      select s.id, s.click_id from asked join network_transactions s on s.click_id = asked.click_id
        where s.named_click_id is null
      union all
      select s.id, s.named_click_id from asked
        join network_transactions s on s.named_click_id = asked.click_id
    )
    select o.network_id::text as network, found.click_id::text as click, o.currency,
      o.program_id as "programId", o.order_id as "orderId",
      to_json(min(o.event_at)) #>> '{}' as "eventAt",
      sum(o.commission_minor) + least(0, coalesce((
        select sum(x.commission_minor) from network_transactions x
        where x.network_id = o.network_id and x.return_of = o.order_id
          and x.is_return_inferred is not true and x.currency = o.currency
          and x.program_id is not distinct from o.program_id and ${isCounted(sql`x`)}), 0))
        as "leftMinor"
    from found join network_transactions o on o.id = found.id
    where o.return_of is null and o.order_id is not null and o.commission_minor > 0
      and ${isCounted(sql`o`)}
    group by o.network_id, found.click_id, o.currency, o.program_id, o.order_id`)
  return rows.map((row) => ({ ...row, leftMinor: Number(row.leftMinor) }))
}
