import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import type { Lane } from '../messaging/types.ts'
import { openLanes } from './openLanes.ts'

/**
 * Milliseconds until a row wants attention: a wait or a lease ends. Null when none does. What waits
 * in a lane that rests, or that somebody else sends, wants none: it would be looked at for ever.
 */
export const nextDue = async (
  db: Database,
  { lanes, now }: { lanes: Lane[]; now: Date },
): Promise<number | null> => {
  const open = JSON.stringify(await openLanes(db, lanes))
  const { rows } = await db.execute<{ ms: number | null }>(sql`
    select extract(epoch from least(
      (select min(next_attempt_at) from notifications where status = 'pending'
        and lane::text in (select jsonb_array_elements_text(${open}::jsonb))) - ${now.toISOString()}::timestamptz,
      (select min(next_attempt_at) from notifications where status = 'unknown') - ${now.toISOString()}::timestamptz,
      (select min(lease_until) from notifications where status = 'sending') - clock_timestamp()
    ))::float8 * 1000 as ms`)
  const ms = rows[0]?.ms ?? null
  return ms === null ? null : Math.max(0, ms)
}
