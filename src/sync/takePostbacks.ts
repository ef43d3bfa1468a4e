import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import { POSTBACK } from './storePostback.ts'

export type TakenPostback = { id: string; fields: Record<string, string>; receivedAt: string }

/**
 * Takes, for the transaction, the oldest postbacks that wait of the network that has waited longest;
 * those that another worker is at are left to it. Null when none is left.
 */
export const takePostbacks = async (
  db: Database,
  { limit }: { limit: number },
): Promise<{ network: string; postbacks: TakenPostback[] } | null> => {
  const { rows } = await db.execute<TakenPostback & { source: string }>(sql`
    with oldest as (
      select source from inbound_events
      where status = 'pending' and source like ${`${POSTBACK}%`}
      order by received_at, id limit 1 for update skip locked
    )
    select e.id::text, e.source, e.body -> 'fields' as fields,
      to_json(e.received_at) #>> '{}' as "receivedAt"
    from inbound_events e where e.status = 'pending' and e.source = (select source from oldest)
    order by e.received_at, e.id limit ${limit} for update skip locked`)
  const [first] = rows
  return first ? { network: first.source.slice(POSTBACK.length), postbacks: rows } : null
}
