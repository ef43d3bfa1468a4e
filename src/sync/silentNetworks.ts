import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'

export type SilentNetwork = {
  id: string
  name: string
  /** No good run; or good runs that told nothing, of a network that told something before. */
  kind: 'no-run' | 'no-news'
  /** The last good run, or the last news. ISO 8601. */
  since: string
  problem: string | null
}

/** Good runs without news are no alarm for so many times the freshness that is expected. */
const PATIENCE = 7

/**
 * Networks that are on and silent for longer than expected. One that was edited within the hour, such
 * as switched on, gets that hour. Files come when somebody brings them: their networks are left out.
 */
export const silentNetworks = async (db: Database, now: Date): Promise<SilentNetwork[]> => {
  const at = now.toISOString()
  const { rows } = await db.execute<SilentNetwork>(sql`
    select id::text, name, case when is_late then 'no-run' else 'no-news' end as kind,
      to_json(case when is_late then good_at else news_at end) #>> '{}' as since,
      case when is_late then last_problem end as problem
    from (
      select n.*, coalesce(n.last_success_at, n.created_at) as good_at, news.at as news_at,
        coalesce(n.last_success_at, n.created_at) <
          ${at}::timestamptz - n.expected_freshness_hours * interval '1 hour' as is_late
      from networks n
      cross join lateral (select max(r.started_at) as at from sync_runs r
        where r.network_id = n.id and r.changed > 0 and r.window_by <> 'replay') news
      where n.is_on and n.adapter <> 'csv' and n.updated_at <= ${at}::timestamptz - interval '1 hour'
    ) seen
    where is_late
      or news_at < ${at}::timestamptz - ${PATIENCE} * expected_freshness_hours * interval '1 hour'
    order by name`)
  return rows
}
