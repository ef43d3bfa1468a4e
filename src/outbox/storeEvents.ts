import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import type { DeliveryEvent } from '../messaging/types.ts'
import { storable } from './storable.ts'

/**
 * Keeps what a provider told us, to be applied by a job. One statement: a batch is kept as a whole
 * or not at all, and the provider may come again. An event that came before is the same one.
 */
export const storeEvents = async (
  db: Database,
  { events, receivedAt }: { events: DeliveryEvent[]; receivedAt: Date },
): Promise<void> => {
  if (events.length === 0) return
  // Always in the same order, or two copies of one batch could wait for each other.
  const ordered = [...events].sort((one, other) => (one.eventId < other.eventId ? -1 : 1))
  const at = receivedAt.toISOString()
  await db.execute(sql`
    insert into inbound_events (id, source, event_id, status, body, received_at, created_at, updated_at)
    select time_ordered_uuid(), e.body ->> 'provider', e.body ->> 'eventId', 'pending', e.body, ${at}, ${at}, ${at}
    from jsonb_array_elements(${JSON.stringify(ordered, storable)}::jsonb) as e (body)
    on conflict (source, event_id) do nothing`)
}
