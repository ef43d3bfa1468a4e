import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { type Database, dbIn } from '../../../database/dbIn.ts'
import { wakeWorkers } from '../../../database/wakeWorkers.ts'
import { DomainError } from '../../../domain/errors.ts'
import { recordAudit } from '../../../platform/audit/recordAudit.ts'
import { isPolled, type NetworkRow } from '../networkStore.ts'
import type { RunResult } from './runLog.ts'

type SyncMode = 'fetch' | 'replay'

export type SyncRequestInput = {
  mode: SyncMode
  /** Null: the windows since the watermarks; for a replay, every page. */
  window: { from: Date; to: Date } | null
  note: string | null
}

type RequestOptions = {
  req: PayloadRequest
  network: Pick<NetworkRow, 'adapter' | 'id' | 'isOn' | 'name'>
  wanted: SyncRequestInput
  requestedBy: string
  now: Date
}

export type SyncRequestRow = {
  id: string
  network: string
  mode: SyncMode
  status: string
  windowFrom: string | null
  windowTo: string | null
  note: string | null
  createdAt: string
}

/**
 * Requests that a worker syncs a network now, or replays its stored pages, in the caller's database
 * transaction; audited. The commit notifies the workers.
 *
 * @throws DomainError `network.off`
 * @throws DomainError `sync.nothing-to-fetch` the network is read from files
 * @throws DomainError `sync.already-requested` an earlier request of the network and mode still waits
 */
export const requestSync = async (options: RequestOptions): Promise<SyncRequestRow> => {
  const { network, req, wanted } = options
  if (!network.isOn) throw new DomainError('network.off', `${network.name} is switched off.`)
  if (wanted.mode === 'fetch' && !isPolled(network)) {
    throw new DomainError('sync.nothing-to-fetch', `${network.name} is read from files.`)
  }
  const request = await insertRequest(options)
  if (!request) throw new DomainError('sync.already-requested', 'An earlier request still waits.')
  const { mode, windowFrom, windowTo } = request
  const subject = { subject: 'sync-requests', subjectId: request.id }
  const after = { network: network.id, mode, windowFrom, windowTo }
  await recordAudit({ req, action: 'sync', ...subject, after, reason: wanted.note })
  return request
}

/** Stores a request. Null if an earlier request of the network and mode still waits. */
const insertRequest = async ({ requestedBy, network, now, req, wanted }: RequestOptions) => {
  const db = await dbIn(req)
  const at = now.toISOString()
  const { mode, note, window } = wanted
  const { rows } = await db.execute<SyncRequestRow>(sql`
    insert into sync_requests (id, network_id, mode, status, window_from, window_to, note,
      requested_by_id, created_at, updated_at)
    values (time_ordered_uuid(), ${network.id}, ${mode}, 'waiting',
      ${window?.from.toISOString() ?? null}, ${window?.to.toISOString() ?? null}, ${note},
      ${requestedBy}, ${at}, ${at})
    on conflict do nothing
    returning id::text,
      network_id::text as network,
      mode::text,
      status::text,
      to_json(window_from) #>> '{}' as "windowFrom",
      to_json(window_to) #>> '{}' as "windowTo",
      note,
      to_json(created_at) #>> '{}' as "createdAt"`)
  if (rows[0]) wakeWorkers(db, 'sync')
  return rows[0] ?? null
}

/**
 * Requests the sync of networks that are due, in the caller's database transaction. It leaves out
 * networks with a waiting request. Returns the number of requests.
 */
export const insertDueRequests = async (
  db: Database,
  { networks, now }: { networks: string[]; now: Date },
): Promise<number> => {
  const at = now.toISOString()
  const { rows } = await db.execute(sql`
    insert into sync_requests (id, network_id, mode, status, note, created_at, updated_at)
    select time_ordered_uuid(), value::uuid, 'fetch', 'waiting', 'due', ${at}, ${at}
    from jsonb_array_elements_text(${JSON.stringify(networks)}::jsonb)
    on conflict do nothing
    returning id`)
  if (rows.length > 0) wakeWorkers(db, 'sync')
  return rows.length
}

export type OpenRequest = {
  id: string
  network: string
  mode: SyncMode
  /** Workers that were lost with it; one of them may be alive. */
  lost: number
  window: { from: Date; to: Date } | undefined
}

type OpenRequestRow = Omit<OpenRequest, 'window'> & { from: string | null; to: string | null }

/**
 * Lists the requests that have not ended, those that lost the fewest workers first, then the oldest;
 * including `running` ones: only the holder
 * of the sync lock knows if their worker is alive.
 */
export const listOpenRequests = async (db: Database): Promise<OpenRequest[]> => {
  const { rows } = await db.execute<OpenRequestRow>(sql`
    select id::text, network_id::text as network, mode::text,
      lost_workers::int + (status = 'running')::int as lost,
      to_json(window_from) #>> '{}' as "from", to_json(window_to) #>> '{}' as "to"
    from sync_requests
    where status in ('waiting', 'running')
    order by lost, created_at, id`)
  return rows.map(({ from, to, ...row }) => ({
    ...row,
    window: from && to ? { from: new Date(from), to: new Date(to) } : undefined,
  }))
}

/**
 * Claims a request that has not ended, and returns the number of workers that were lost with it;
 * null if it has ended. For the holder of `withSyncLock`, which shows that no other worker runs
 * it.
 */
export const claimRequest = async (
  db: Database,
  { id, now }: { id: string; now: Date },
): Promise<{ lost: number } | null> => {
  const { rows } = await db.execute<{ lost: number }>(sql`
    update sync_requests set
      lost_workers = lost_workers + (status = 'running')::int,
      status = 'running',
      outcome = null,
      updated_at = ${now.toISOString()}
    where id = ${id} and status in ('waiting', 'running')
    returning lost_workers::int as lost`)
  return rows[0] ?? null
}

/** Records the reason why a request still waits. */
export const recordWaiting = async (
  db: Database,
  { id, why }: { id: string; why: string },
): Promise<void> => {
  await db.execute(sql`
    update sync_requests set outcome = ${`waits: ${why}`} where id = ${id} and status = 'waiting'`)
}

/**
 * Records the result of a request, with the counts of its runs. A request that was stopped with its
 * worker waits for the next worker, unless another request for the same network already waits.
 */
export const endRequest = async (
  db: Database,
  { end, id, now }: { id: string; end: RunResult; now: Date },
): Promise<void> => {
  const at = now.toISOString()
  if (end.status === 'stopped') {
    await waitAgain(db, id, at)
    return
  }
  const why = end.status === 'failed' ? `${end.errorCode}: ${end.error}` : null
  await db.execute(sql`
    update sync_requests q set
      status = ${end.status},
      ended_at = ${at},
      updated_at = ${at},
      outcome = coalesce(${why}, (
        select format('%s new, %s changed, %s unattributed, %s quarantined',
          coalesce(sum(created), 0),
          coalesce(sum(changed), 0) - coalesce(sum(created), 0),
          coalesce(sum(unattributed), 0),
          coalesce(sum(quarantined), 0))
        from sync_runs where request_id = q.id
      ))
    where id = ${id} and status = 'running'`)
}

const waitAgain = async (db: Database, id: string, at: string): Promise<void> => {
  await db.execute(sql`
    update sync_requests q set
      outcome = 'its worker was stopped',
      updated_at = ${at},
      status = case
        when other.is_there then 'stopped' else 'waiting'
      end::enum_sync_requests_status,
      ended_at = case when other.is_there then ${at}::timestamptz end
    from (select exists (
      select 1
      from sync_requests a
      join sync_requests b
        on b.network_id = a.network_id and b.mode = a.mode and b.status = 'waiting'
          and b.id <> a.id
      where a.id = ${id}
    ) as is_there) other
    where q.id = ${id} and q.status = 'running'`)
}

/** Loads the id of the person who made a request; null if there is none. */
export const loadRequester = async (db: Database, request: string): Promise<string | null> => {
  const { rows } = await db.execute<{ by: string | null }>(
    sql`select requested_by_id::text as by from sync_requests where id = ${request}`,
  )
  return rows[0]?.by ?? null
}
