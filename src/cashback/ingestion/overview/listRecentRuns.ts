import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../../database/dbIn.ts'

/** A run: one reading of one window of a network. Instants in ISO 8601. */
export type RecentRun = {
  id: string
  network: string
  status: 'running' | 'completed' | 'failed' | 'stopped'
  windowBy: string
  windowFrom: string
  windowTo: string
  startedAt: string
  endedAt: string | null
  pages: number
  rows: number
  created: number
  changed: number
  unattributed: number
  quarantined: number
  errorCode: string | null
  error: string | null
  /** The person's request, with its note; null if the schedule began the run. */
  request: { by: string | null; mode: 'fetch' | 'replay'; note: string | null } | null
}

/** Lists the runs of all networks, newest first. */
export const listRecentRuns = async (
  db: Database,
  { limit }: { limit: number },
): Promise<RecentRun[]> => {
  const { rows } = await db.execute<RecentRun>(sql`
    select r.id::text,
      n.name as network,
      r.status::text,
      r.window_by as "windowBy",
      to_json(r.window_from) #>> '{}' as "windowFrom",
      to_json(r.window_to) #>> '{}' as "windowTo",
      to_json(r.started_at) #>> '{}' as "startedAt",
      to_json(r.ended_at) #>> '{}' as "endedAt",
      r.pages::int,
      r.rows::int,
      r.created::int,
      r.changed::int,
      r.unattributed::int,
      r.quarantined::int,
      r.error_code as "errorCode",
      r.error,
      case when q.id is not null then json_build_object(
        'by', coalesce(u.name, u.email),
        'mode', q.mode,
        'note', q.note
      ) end as request
    from sync_runs r
    join networks n on n.id = r.network_id
    left join sync_requests q on q.id = r.request_id
    left join users u on u.id = q.requested_by_id
    order by r.started_at desc, r.id desc limit ${limit}`)
  return rows
}
