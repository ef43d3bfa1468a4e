import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../../database/dbIn.ts'
import { type BriefRun, type LastRead, summariseLastRead } from './summariseLastRead.ts'

/** A sync request that waits or runs. */
export type RequestSummary = {
  id: string
  mode: 'fetch' | 'replay'
  status: 'waiting' | 'running'
  requestedAt: string
  requestedBy: string | null
  windowFrom: string | null
  windowTo: string | null
  note: string | null
}

/** The data of a network's card. Instants in ISO 8601; no credentials. */
export type NetworkState = {
  id: string
  name: string
  adapter: string
  isOn: boolean
  /** The maximum age of the last successful read. */
  freshHours: number
  syncedAt: string | null
  ranAt: string | null
  /** The error of the last run, if it failed. */
  problem: string | null
  problemCode: string | null
  /** The number of failed runs since the last successful one, among the newest forty. */
  failures: number
  failingSince: string | null
  isRunning: boolean
  lastRead: LastRead | null
  eventWatermark: string | null
  changeWatermark: string | null
  /** The number of open quarantined rows. */
  quarantined: number
  /** Of the newest of them. */
  quarantineReason: string | null
  requests: RequestSummary[]
}

type Row = Omit<
  NetworkState,
  'failures' | 'failingSince' | 'isRunning' | 'lastRead' | 'problemCode'
> & { runs: BriefRun[] }

const RUNS = 40

const NEWEST_RUNS = sql`
  select r.status::text,
    r.window_by as "windowBy",
    r.started_at as "startedAt",
    r.ended_at as "endedAt",
    r.rows::int,
    r.created::int,
    r.changed::int,
    r.error_code as "errorCode"
  from sync_runs r
  where r.network_id = n.id
  order by r.started_at desc, r.id desc limit ${RUNS}`

const OPEN_REQUESTS = sql`
  select q.id,
    q.mode::text,
    q.status::text,
    q.created_at as "requestedAt",
    coalesce(u.name, u.email) as "requestedBy",
    q.window_from as "windowFrom",
    q.window_to as "windowTo",
    q.note
  from sync_requests q
  left join users u on u.id = q.requested_by_id
  where q.network_id = n.id and q.status in ('waiting', 'running')
  order by q.created_at`

/** Loads every network by name, with the state of its reads. One query. */
export const loadNetworkStates = async (db: Database): Promise<NetworkState[]> => {
  const { rows } = await db.execute<Row>(sql`
    select n.id::text,
      n.name,
      n.adapter,
      coalesce(n.is_on, false) as "isOn",
      n.expected_freshness_hours::int as "freshHours",
      to_json(n.last_success_at) #>> '{}' as "syncedAt",
      to_json(n.last_run_at) #>> '{}' as "ranAt",
      n.last_problem as problem,
      to_json(n.event_watermark) #>> '{}' as "eventWatermark",
      to_json(n.change_watermark) #>> '{}' as "changeWatermark",
      open.count as quarantined,
      newest.reason as "quarantineReason",
      latest.runs,
      waiting.requests
    from networks n
    cross join lateral (
      select count(*)::int as count
      from quarantined_rows q
      where q.network_id = n.id and q.resolved_at is null
    ) open
    left join lateral (
      select coalesce(q.detail, q.code) as reason
      from quarantined_rows q
      where q.network_id = n.id and q.resolved_at is null
      order by q.created_at desc limit 1
    ) newest on true
    cross join lateral (select coalesce(json_agg(r), '[]') as runs from (${NEWEST_RUNS}) r) latest
    cross join lateral (select coalesce(json_agg(q), '[]') as requests from (${OPEN_REQUESTS}) q) waiting
    order by n.name`)
  return rows.map(toNetworkState)
}

const toNetworkState = ({ runs, ...row }: Row): NetworkState => {
  const ended = runs.filter(({ status, windowBy }) => status !== 'running' && windowBy !== 'replay')
  const good = ended.findIndex(({ status }) => status === 'completed')
  const bad = (good === -1 ? ended : ended.slice(0, good)).filter((run) => run.status === 'failed')
  return {
    ...row,
    problemCode: row.problem === null ? null : (bad[0]?.errorCode ?? null),
    failures: bad.length,
    failingSince: bad.at(-1)?.startedAt ?? null,
    isRunning: runs.some(({ status }) => status === 'running'),
    lastRead: summariseLastRead(runs),
  }
}
