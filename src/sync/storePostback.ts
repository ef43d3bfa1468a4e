import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'

/** How a postback's source begins in `inbound-events`; the network's id follows. */
export const POSTBACK = 'postback:'
/** The notification of the database that one has come. */
export const POSTBACKS_CHANNEL = 'postbacks'

type Stored = {
  network: string
  /** Without what the database cannot keep, and without secrets. */
  fields: Record<string, string>
  /** The same content has the same one: it is kept once, however often it comes. */
  eventId: string
  receivedAt: Date
}

/** Keeps a postback as it came, before anybody understands it, and wakes who applies it. */
export const storePostback = async (
  db: Database,
  { eventId, fields, network, receivedAt }: Stored,
): Promise<void> => {
  const at = receivedAt.toISOString()
  await db.execute(sql`
    with stored as (
      insert into inbound_events (id, source, event_id, status, body, received_at, created_at, updated_at)
      values (time_ordered_uuid(), ${POSTBACK + network}, ${eventId}, 'pending',
        ${JSON.stringify({ fields })}::jsonb, ${at}, ${at}, ${at})
      on conflict (source, event_id) do nothing returning 1
    )
    select pg_notify(${POSTBACKS_CHANNEL}, '') from stored`)
}
