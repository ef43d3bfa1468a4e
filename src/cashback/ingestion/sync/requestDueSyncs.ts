import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../../database/dbIn.ts'
import { POSTBACK } from '../postbacks/storePostback.ts'
import { GAVE_UP } from './runLog.ts'
import { insertDueRequests } from './requestStore.ts'

/** The errors that persist until a person corrects them. */
const PERMANENT_FAILURES = JSON.stringify([
  'network.unauthorized',
  'network.refused',
  'network.unreadable-credentials',
  'network.unknown-adapter',
  GAVE_UP,
])

/**
 * A report may contain a transaction only some minutes after its postback, so a run that began up
 * to this long before a postback does not yet confirm it.
 */
const POSTBACK_LEAD_MINUTES = 15

/**
 * Requests the sync of the networks that are due and not being read, in the caller's database
 * transaction. A network is due:
 *
 * - `syncEveryHours` after its last run
 * - if a postback has arrived since that run began, because the API must confirm or correct it
 * - an hour after a run with an error that may pass
 * - at once after a run that was stopped or lost
 * - after refused credentials or settings, or after its sync ended several workers: once the network
 *   has been edited
 *
 * Returns the number of requests. The commit notifies the workers.
 */
export const requestDueSyncs = async (db: Database, now: Date): Promise<number> => {
  const networks = await listDue(db, now)
  return networks.length > 0 ? insertDueRequests(db, { networks, now }) : 0
}

const listDue = async (db: Database, now: Date): Promise<string[]> => {
  const at = now.toISOString()
  const { rows } = await db.execute<{ id: string }>(sql`
    with idle as (
      select n.*, last.status, last.error_code, last.started_at, last.ended_at,
        last.error_code in (
          select jsonb_array_elements_text(${PERMANENT_FAILURES}::jsonb)
        ) as is_stuck
      from networks n
      left join lateral (
        select r.status::text, r.error_code, r.started_at, r.ended_at
        from sync_runs r
        left join sync_requests q on q.id = r.request_id
        where r.network_id = n.id and r.window_by <> 'replay' and q.window_from is null
        order by r.started_at desc, r.id desc limit 1
      ) last on true
      where n.is_on and n.adapter <> 'csv'
        and not exists (
          select 1 from sync_requests q
          where q.network_id = n.id and q.mode = 'fetch' and q.status in ('waiting', 'running')
        )
        and not exists (
          select 1 from pg_locks l
          where l.locktype = 'advisory' and l.granted and l.objsubid = 1
            and (l.classid::bigint << 32) | l.objid::bigint = hashtextextended('sync:' || n.id, 0)
        )
    )
    select id::text from idle
    where case
      when is_stuck then updated_at > ended_at
      when status in ('stopped', 'running') or error_code = 'sync.worker-lost' then true
      when status = 'failed' and ended_at <= ${at}::timestamptz - interval '1 hour' then true
      else last_run_at is null
        or last_run_at <= ${at}::timestamptz - sync_every_hours * interval '1 hour'
        or exists (
          select 1 from inbound_events i
          where i.source = ${POSTBACK} || idle.id
            and i.status <> 'pending'
            and i.created_at > idle.started_at - ${POSTBACK_LEAD_MINUTES} * interval '1 minute'
        )
    end`)
  return rows.map(({ id }) => id)
}
