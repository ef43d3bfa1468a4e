import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../../database/dbIn.ts'
import { wakeWorkers } from '../../../database/wakeWorkers.ts'

/** The prefix of a postback's source in `inbound_events`; the network's id follows. */
export const POSTBACK = 'postback:'
/** The database channel that announces a new postback. */
export const POSTBACKS_CHANNEL = 'postbacks'

type Stored = {
  network: string
  /** Without secrets, and without characters that the database cannot hold. */
  fields: Record<string, string>
  /** Equal for equal content: a repeated postback is stored once. */
  eventId: string
  receivedAt: Date
}

/**
 * Stores a postback as it was received, before it is read, and wakes the worker that applies it.
 */
export const storePostback = async (
  db: Database,
  { eventId, fields, network, receivedAt }: Stored,
): Promise<void> => {
  const at = receivedAt.toISOString()
  await db.execute(sql`
    insert into inbound_events (id, source, event_id, status, body, received_at, created_at,
      updated_at)
    values (time_ordered_uuid(), ${POSTBACK + network}, ${eventId}, 'pending',
      ${JSON.stringify({ fields })}::jsonb, ${at}, ${at}, ${at})
    on conflict (source, event_id) do nothing`)
  wakeWorkers(db, POSTBACKS_CHANNEL)
}
