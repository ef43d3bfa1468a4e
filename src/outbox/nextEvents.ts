import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import { FROM_PROVIDERS } from './fromProviders.ts'

/** Soon enough for a report whose row somebody was at; no burden for one that has to wait. */
const AGAIN_MS = 1_000

/** Milliseconds until reports that still wait want another look; null when none does. */
export const nextEvents = async (db: Database): Promise<number | null> => {
  const { rows } = await db.execute(
    sql`select 1 from inbound_events where status = 'pending' and ${FROM_PROVIDERS} limit 1`,
  )
  return rows.length > 0 ? AGAIN_MS : null
}
