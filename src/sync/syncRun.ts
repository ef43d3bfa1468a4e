import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import type { ReducedPage } from './reduceRows.ts'

export type RunEnd =
  { status: 'completed' | 'stopped' } | { status: 'failed'; errorCode: string; error: string }

type Begun = {
  network: string
  now: Date
  /** By `replay`, stored pages are read, and the instants are those at which they were seen. */
  window: { from: Date; to: Date; by: 'event' | 'change' | 'replay' }
  /** What somebody asked for, if anybody did. */
  request: string | null
}

/** Notes that a network is being asked for a window. Answers the run's id. */
export const beginRun = async (
  db: Database,
  { network, now, request, window }: Begun,
): Promise<string> => {
  const at = now.toISOString()
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into sync_runs (id, network_id, request_id, status, window_by, window_from, window_to,
      started_at, pages, rows, changed, created, orphans, quarantined, created_at, updated_at)
    values (time_ordered_uuid(), ${network}, ${request}, 'running', ${window.by},
      ${window.from.toISOString()}, ${window.to.toISOString()}, ${at}, 0, 0, 0, 0, 0, 0, ${at}, ${at})
    returning id::text`)
  return rows[0]?.id ?? ''
}

/** Adds a page to the run, in the transaction that reduces it. */
export const countPage = async (db: Database, run: string, page: ReducedPage): Promise<void> => {
  await db.execute(sql`
    update sync_runs set pages = pages + 1, rows = rows + ${page.rows},
      changed = changed + ${page.changed}, created = created + ${page.created},
      orphans = orphans + ${page.orphans}, quarantined = quarantined + ${page.quarantined}
    where id = ${run}`)
}

/** Says how a run ended; where it is given, the watermark of its kind moves on. */
export const endRun = async (
  db: Database,
  { end, now, run, watermark }: { run: string; end: RunEnd; now: Date; watermark: Date | null },
): Promise<void> => {
  const at = now.toISOString()
  const error = end.status === 'failed' ? end : null
  const mark = watermark?.toISOString() ?? null
  await db.execute(sql`
    with ended as (
      update sync_runs set status = ${end.status}, ended_at = ${at}, updated_at = ${at},
        error_code = ${error?.errorCode ?? null}, error = ${error?.error ?? null}
      where id = ${run} returning network_id, window_by
    )
    update networks n set
      event_watermark = case when ended.window_by = 'event'
        then greatest(n.event_watermark, ${mark}::timestamptz) else n.event_watermark end,
      change_watermark = case when ended.window_by = 'change'
        then greatest(n.change_watermark, ${mark}::timestamptz) else n.change_watermark end
    from ended where n.id = ended.network_id and ${mark}::timestamptz is not null`)
}
