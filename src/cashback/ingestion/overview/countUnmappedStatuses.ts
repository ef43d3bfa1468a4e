import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../../database/dbIn.ts'

/** A status of a network that its adapter does not know, with its transactions. */
export type UnmappedStatus = { status: string; count: number }

/** More statuses are no statuses, but a wrong column. */
const MAX_STATUSES = 20

/**
 * Counts the transactions that have an unmapped status now, by the id of their network: the most
 * frequent statuses first, twenty at most. A network without any is missing.
 */
export const countUnmappedStatuses = async (
  db: Database,
): Promise<Map<string, UnmappedStatus[]>> => {
  const { rows } = await db.execute<{ network: string; statuses: UnmappedStatus[] }>(sql`
    with counted as (
      select t.network_id, t.raw_status, count(*)::int as count
      from network_transactions t
      where t.status = 'unknown'
      group by t.network_id, t.raw_status
    ), ranked as (
      select c.*, row_number() over (
        partition by c.network_id order by c.count desc, c.raw_status
      ) as place
      from counted c
    )
    select r.network_id::text as network,
      json_agg(json_build_object('status', r.raw_status, 'count', r.count) order by r.place)
        as statuses
    from ranked r
    where r.place <= ${MAX_STATUSES}
    group by r.network_id`)
  return new Map(rows.map(({ network, statuses }) => [network, statuses]))
}
