import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import type { ReceivedReport } from '../drivers/types.ts'
import { PAYOUTS } from './storePayoutReports.ts'

/** After so long an event that could not be applied is given up. */
const MAX_WAIT_MS = 24 * 3_600_000

export type ClaimedEvent = {
  id: string
  report: ReceivedReport
  /** The key of the attempt that the report names; null if there is none. */
  attempt: string | null
  /** True when it was tried before, and 24 hours have passed since it was received. */
  isLastTry: boolean
}

type Claim = { limit: number; now: Date; ids?: readonly string[] }

/**
 * Locks the oldest due reports of payouts for the caller's transaction, or those of the ids, and
 * skips the ones that another worker has locked. An event that was tried before waits as long as it
 * has waited already: from a second to an hour. A report finds attempts of its own driver only, by
 * our key, or by the provider's id if the provider does not return the key.
 */
export const claimEvents = async (
  db: Database,
  { ids, limit, now }: Claim,
): Promise<ClaimedEvent[]> => {
  const { rows } = await db.execute<ClaimedEvent>(sql`
    select e.id::text,
      e.body as report,
      a.key as attempt,
      e.detail is not null
        and e.received_at < ${new Date(now.getTime() - MAX_WAIT_MS).toISOString()} as "isLastTry"
    from inbound_events e
    left join lateral (
      select p.key
      from payout_attempts p
      where p.driver = substr(e.source, ${PAYOUTS.length + 1}::int)
        and (
          p.key = e.body ->> 'key'
          or (e.body ->> 'key' is null and p.provider_id = e.body ->> 'providerId')
        )
      limit 1
    ) a on true
    where e.status = 'pending'
      and e.source like ${`${PAYOUTS}%`}
      and (e.detail is null or ${DUE_AT} <= ${now.toISOString()}::timestamptz)
      and (${ids === undefined} or e.id = any (
        array(select jsonb_array_elements_text(${JSON.stringify(ids ?? [])}::jsonb)::uuid)))
    order by e.received_at, e.id
    limit ${limit}
    for update of e skip locked`)
  return rows
}

/** When an event that was tried before is due again. */
const DUE_AT = sql`(e.updated_at + least(
  greatest(e.updated_at - e.received_at, interval '1 second'), interval '1 hour'))`

/** An event that another worker has locked is checked again after so long. */
const RECHECK_MS = 1_000

/** Milliseconds until a pending report of a payout is due; null when there is none. */
export const findNextEvent = async (db: Database, now: Date): Promise<number | null> => {
  const { rows } = await db.execute<{ waitMs: number | null }>(sql`
    select (extract(epoch from min(
        case when e.detail is null then e.received_at else ${DUE_AT} end
      ) - ${now.toISOString()}::timestamptz) * 1000)::float8 as "waitMs"
    from inbound_events e
    where e.status = 'pending' and e.source like ${`${PAYOUTS}%`}`)
  const waitMs = rows[0]?.waitMs ?? null
  return waitMs === null ? null : Math.max(RECHECK_MS, waitMs)
}
