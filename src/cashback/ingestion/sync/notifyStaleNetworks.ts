import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { type Database, dbIn } from '../../../database/dbIn.ts'
import { type Notice, queueNotifications } from '../../../messaging/outbox/queueNotifications.ts'
import { networkStale } from '../../../messaging/templates/networkStale.ts'

/**
 * Notifies every admin of each stale network: once for as long as it stays stale, and again when it
 * has recovered and becomes stale once more. Returns the names of the stale networks.
 */
export const notifyStaleNetworks = async (req: PayloadRequest, now: Date): Promise<string[]> => {
  const db = await dbIn(req)
  const stale = await findStaleNetworks(db, now)
  if (stale.length === 0) return []
  const { rows: admins } = await db.execute<{ id: string; name: string | null }>(
    sql`select id::text, name from users where role = 'admin' order by id`,
  )
  const notices = stale.flatMap(({ id, kind, name: network, problem, since }) =>
    admins.map(({ id: user, name }): Notice => {
      const data = { name, network, kind, since, problem }
      const key = `network-stale:${id}:${since}:${user}`
      return { key, user, template: networkStale, data }
    }),
  )
  await queueNotifications(req, notices, now)
  return stale.map(({ name }) => name)
}

type StaleNetwork = {
  id: string
  name: string
  /**
   * `no-run`: no successful run. `no-news`: successful runs without a change, of a network that had
   * changes before.
   */
  kind: 'no-run' | 'no-news'
  /** The time of the last successful run, or of the last change. ISO 8601. */
  since: string
  problem: string | null
}

/** A network is stale for want of changes only after this multiple of its expected freshness. */
const NO_NEWS_FACTOR = 7

/**
 * Finds the networks that are switched on and had no successful run, or no change, for longer than
 * expected. A network that was edited within the last hour, such as switched on, is left out for
 * that hour. Networks that are read from files are left out.
 */
const findStaleNetworks = async (db: Database, now: Date): Promise<StaleNetwork[]> => {
  const at = now.toISOString()
  const { rows } = await db.execute<StaleNetwork>(sql`
    select id::text,
      name,
      case when is_late then 'no-run' else 'no-news' end as kind,
      to_json(case when is_late then good_at else news_at end) #>> '{}' as since,
      case when is_late then last_problem end as problem
    from (
      select n.*,
        coalesce(n.last_success_at, n.created_at) as good_at,
        news.at as news_at,
        coalesce(n.last_success_at, n.created_at)
          < ${at}::timestamptz - n.expected_freshness_hours * interval '1 hour' as is_late
      from networks n
      cross join lateral (
        select max(r.started_at) as at
        from sync_runs r
        where r.network_id = n.id and r.changed > 0 and r.window_by <> 'replay'
      ) news
      where n.is_on and n.adapter <> 'csv'
        and n.updated_at <= ${at}::timestamptz - interval '1 hour'
    ) seen
    where is_late
      or news_at
        < ${at}::timestamptz - ${NO_NEWS_FACTOR} * expected_freshness_hours * interval '1 hour'
    order by name`)
  return rows
}
