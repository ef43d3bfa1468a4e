import { sql } from '@payloadcms/db-postgres'

import type { LoneReturn } from '../domain/layReturns.ts'
import type { Database } from '../ledger/transactionOf.ts'
import { isCounted } from './isCounted.ts'
import { layingClick } from './layingClick.ts'

/** A return that names a click and no order, and the order that it was laid on before. */
export type StoredReturn = LoneReturn & {
  id: string
  network: string
  click: string
  currency: string
  programId: string | null
  returnOf: string | null
  /** False of what takes nothing: declined, unknown, or told by a postback alone. */
  isCounted: boolean
}

/**
 * The returns without an order of their own, of all clicks that these sales came by, and of the
 * clicks of orders that these sales are returns of: each may have another place now.
 */
export const loadLoneReturns = async (db: Database, ids: string[]): Promise<StoredReturn[]> => {
  const { rows } = await db.execute<StoredReturn & { takesMinor: string }>(sql`
    with touched as materialized (
      select network_id, ${layingClick(sql`t`)} as click_id, return_of from network_transactions t
      where id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))
    ), came as materialized (
      select network_id, click_id from touched where click_id is not null
      union select o.network_id, ${layingClick(sql`o`)} from touched t join network_transactions o
        on o.network_id = t.network_id and o.order_id = t.return_of
          and ${layingClick(sql`o`)} is not null
    )
    select r.id::text, r.external_id as "externalId", r.network_id::text as network,
      r.click_id::text as click, r.currency, r.program_id as "programId", r.return_of as "returnOf",
      -r.commission_minor as "takesMinor", to_json(r.event_at) #>> '{}' as "eventAt",
      ${isCounted(sql`r`)} as "isCounted"
    from came join network_transactions r
      on r.click_id = came.click_id and r.network_id = came.network_id
    where r.commission_minor < 0 and r.order_id is null
      and (r.return_of is null or r.is_return_inferred)`)
  return rows.map((row) => ({ ...row, takesMinor: Number(row.takesMinor) }))
}
