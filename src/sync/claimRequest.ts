import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import type { RunEnd } from './syncRun.ts'

/**
 * Takes a request that is not over, with how many workers died of it. For whoever holds its
 * network's lock, and so knows that nobody else is at it. Null where it is over.
 */
export const claimRequest = async (
  db: Database,
  { id, now }: { id: string; now: Date },
): Promise<{ lost: number } | null> => {
  const { rows } = await db.execute<{ lost: number }>(sql`
    update sync_requests q set status = 'running', outcome = null, updated_at = ${now.toISOString()}
    where id = ${id} and status in ('waiting', 'running')
    returning (select count(*)::int from sync_runs r
      where r.request_id = q.id and r.error_code = 'sync.worker-lost') as lost`)
  return rows[0] ?? null
}

/** Says for what a request goes on waiting. */
export const noteWaiting = async (
  db: Database,
  { id, why }: { id: string; why: string },
): Promise<void> => {
  await db.execute(sql`
    update sync_requests set outcome = ${`waits: ${why}`} where id = ${id} and status = 'waiting'`)
}

/**
 * Keeps how a request ended, with what its runs counted. One whose worker was told to stop waits
 * again, for the next worker, unless somebody has asked for the same meanwhile.
 */
export const endRequest = async (
  db: Database,
  { end, id, now }: { id: string; end: RunEnd; now: Date },
): Promise<void> => {
  const at = now.toISOString()
  if (end.status === 'stopped') {
    await db.execute(sql`
      update sync_requests q set outcome = 'its worker was told to stop', updated_at = ${at},
        status = case when other.is_there then 'stopped' else 'waiting' end::enum_sync_requests_status,
        ended_at = case when other.is_there then ${at}::timestamptz end
      from (select exists (select 1 from sync_requests a join sync_requests b
        on b.network_id = a.network_id and b.mode = a.mode and b.status = 'waiting' and b.id <> a.id
        where a.id = ${id}) as is_there) other
      where q.id = ${id} and q.status = 'running'`)
    return
  }
  const why = end.status === 'failed' ? `${end.errorCode}: ${end.error}` : null
  await db.execute(sql`
    update sync_requests q set status = ${end.status}, ended_at = ${at}, updated_at = ${at},
      outcome = coalesce(${why}, (select format('%s new, %s changed, %s without a member, %s kept aside',
          coalesce(sum(created), 0), coalesce(sum(changed), 0) - coalesce(sum(created), 0),
          coalesce(sum(orphans), 0), coalesce(sum(quarantined), 0))
        from sync_runs where request_id = q.id))
    where id = ${id} and status = 'running'`)
}
