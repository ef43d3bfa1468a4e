import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import { POSTBACK } from './storePostback.ts'

/** What does not pass by itself: it waits for somebody who mends it, or for the daily run. */
const NEEDS_SOMEBODY = JSON.stringify([
  'network.unauthorized',
  'network.refused',
  'network.sealed',
  'network.unknown-adapter',
])

/** A report may tell of a sale some minutes after its postback, and a read has begun by then. */
const LAG_MINUTES = 15

/**
 * Asks for the networks whose time has come and that nobody reads now: `syncEveryHours` after the
 * last run; where a postback has come since that began, which the network is to confirm or to explain; an hour
 * after one that failed in a way that passes by itself; at once after one that was stopped or lost.
 * Where credentials or settings were refused, once the network was edited. Answers how many were
 * asked for; the workers hear of it with the caller's commit.
 */
export const requestDue = async (db: Database, now: Date): Promise<number> => {
  const at = now.toISOString()
  const { rows } = await db.execute(sql`
    with idle as (
      select n.*, last.status, last.error_code, last.started_at, last.ended_at,
        last.error_code in (select jsonb_array_elements_text(${NEEDS_SOMEBODY}::jsonb)) as is_stuck
      from networks n
      left join lateral (select r.status::text, r.error_code, r.started_at, r.ended_at from sync_runs r
        left join sync_requests q on q.id = r.request_id
        where r.network_id = n.id and r.window_by <> 'replay' and q.window_from is null
        order by r.started_at desc, r.id desc limit 1) last on true
      where n.is_on and n.adapter <> 'csv'
        and not exists (select 1 from sync_requests q where q.network_id = n.id and q.mode = 'ask'
          and q.status in ('waiting', 'running'))
        and not exists (select 1 from pg_locks l where l.locktype = 'advisory' and l.granted
          and l.objsubid = 1 and (l.classid::bigint << 32) | l.objid::bigint
            = hashtextextended('sync:' || n.id, 0))
    ), asked as (
      insert into sync_requests (id, network_id, mode, status, note, created_at, updated_at)
      select time_ordered_uuid(), id, 'ask', 'waiting', 'due', ${at}, ${at} from idle
      where case
        when is_stuck then updated_at > ended_at
        when status in ('stopped', 'running') or error_code = 'sync.worker-lost' then true
        when status = 'failed' and ended_at <= ${at}::timestamptz - interval '1 hour' then true
        else last_run_at is null
          or last_run_at <= ${at}::timestamptz - sync_every_hours * interval '1 hour'
          or exists (select 1 from inbound_events i where i.source = ${POSTBACK} || idle.id
            and i.status <> 'pending'
            and i.created_at > idle.started_at - ${LAG_MINUTES} * interval '1 minute') end
      on conflict do nothing returning id
    )
    select pg_notify('sync', '') from asked`)
  return rows.length
}
