import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import type { SaleRow } from '../networks/types.ts'
import type { Batch } from './types.ts'

/**
 * Lets go of whose a sale was by a postback, where the API names another click, or none: a postback
 * can name any click. Its pending event goes with it; one that moved money stays, for `reduceSales`
 * to take that back. What was assigned by people stays as it is.
 */
export const forgetHints = async (
  db: Database,
  { network, now }: Pick<Batch, 'network' | 'now'>,
  rows: Pick<SaleRow, 'clickId' | 'externalId'>[],
): Promise<void> => {
  if (rows.length === 0) return
  const body = JSON.stringify(rows.map(({ clickId, externalId }) => ({ clickId, externalId })))
  await db.execute(sql`
    with wrong as (
      select t.id from jsonb_to_recordset(${body}::jsonb) as s ("externalId" text, "clickId" text)
      join network_transactions t on t.network_id = ${network} and t.external_id = s."externalId"
      left join clicks c on c.click_id = lower(s."clickId") and c.network_id = ${network}
      where t.is_hint and t.click_id is distinct from c.id
        and not exists (select 1 from sale_assignments a where a.sale_id = t.id)
    ), forgotten as (
      delete from cashback_events e using wrong where e.sale_id = wrong.id and e.postings = 0
    )
    update network_transactions t set click_id = null, member_id = null, merchant_id = null,
      updated_at = ${now.toISOString()}
    from wrong where t.id = wrong.id`)
}
