import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import type { Observed } from './types.ts'

/**
 * Finds what returns take from where a network names no order: the latest order of the same click
 * that earned at least as much. A click has one member and one rate, so whichever of its orders it
 * was, the same comes back out of the same wallet. A return may be told before its order, so those
 * that found none look again when their click has another order. Answers the ids of such returns.
 */
export const linkReturns = async (
  db: Database,
  network: string,
  rows: Observed[],
): Promise<string[]> => {
  if (rows.length === 0) return []
  const ids = JSON.stringify(rows.map(({ externalId }) => externalId))
  const { rows: linked } = await db.execute<{ id: string }>(sql`
    with told as (
      select click_id, return_of, order_id, commission_minor, id from network_transactions
      where network_id = ${network}
        and external_id in (select jsonb_array_elements_text(${ids}::jsonb))
    ), lone as materialized (
      select id from told
      where commission_minor < 0 and order_id is null and return_of is null
      union
      select r.id from told o join network_transactions r on r.click_id = o.click_id
      where o.commission_minor > 0 and o.order_id is not null and o.return_of is null
        and r.network_id = ${network}
        and r.commission_minor < 0 and r.order_id is null and r.return_of is null
    ), found as (
      select r.id, o.order_id from network_transactions r join lone on lone.id = r.id
      cross join lateral (select o.order_id from network_transactions o
        where o.network_id = r.network_id and o.click_id = r.click_id and o.currency = r.currency
          and o.program_id is not distinct from r.program_id
          and o.return_of is null and o.order_id is not null and o.is_hint is not true
          and o.commission_minor >= -r.commission_minor and o.event_at <= r.event_at
        order by o.event_at desc, o.external_id limit 1) o
    )
    update network_transactions r set return_of = found.order_id from found
    where r.id = found.id returning r.id::text as id`)
  return linked.map(({ id }) => id)
}
