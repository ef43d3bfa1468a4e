import { sql } from '@payloadcms/db-postgres'

import type { StoredObservation } from '../domain/sale.ts'
import type { Database } from '../ledger/transactionOf.ts'
import type { SaleRow } from '../networks/types.ts'
import { standing } from './standing.ts'

type Known = StoredObservation & {
  id: string
  externalId: string
  contentHash: string
  /** Known from postbacks alone: no time of theirs counts against what the API says. */
  isHint: boolean
  /** Told of by the network in a word that we know, at some time. */
  isToldPlainly: boolean
}

/** What is known of the sales that these rows tell of, by the network's ids of them. */
export const loadKnown = async (
  db: Database,
  network: string,
  rows: SaleRow[],
): Promise<Map<string, Known>> => {
  const ids = JSON.stringify(rows.map(({ externalId }) => externalId))
  const found = await db.execute<Known>(sql`
    select id::text, external_id as "externalId", content_hash as "contentHash",
      is_hint is true as "isHint",
      is_hint is not true and ${standing(sql`t`)} <> 'unknown' as "isToldPlainly", page_id::text as page, to_json(changed_at) #>> '{}' as "changedAt", to_json(observed_at) #>> '{}' as "observedAt"
    from network_transactions t where network_id = ${network}
      and external_id in (select jsonb_array_elements_text(${ids}::jsonb))`)
  return new Map(found.rows.map((row) => [row.externalId, row]))
}
