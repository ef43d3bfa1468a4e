import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../ledger/transactionOf.ts'
import { type BriefRun, type LastRead, lastReadOf } from './lastReadOf.ts'

/** A read that was asked for and is not over. */
export type OpenRequest = {
  id: string
  mode: 'ask' | 'replay'
  status: 'waiting' | 'running'
  askedAt: string
  askedBy: string | null
  windowFrom: string | null
  windowTo: string | null
  note: string | null
}

/** A network as its card shows it. Instants in ISO 8601; nothing of its credentials. */
export type NetworkState = {
  id: string
  name: string
  adapter: string
  isOn: boolean
  /** How old a good read may be. */
  freshHours: number
  syncedAt: string | null
  ranAt: string | null
  /** Of the last run, where it failed. */
  problem: string | null
  problemCode: string | null
  /** How many runs failed since the last good one, as far as the newest forty tell. */
  failures: number
  failingSince: string | null
  isRunning: boolean
  lastRead: LastRead | null
  eventWatermark: string | null
  changeWatermark: string | null
  /** Rows in quarantine that nobody has settled. */
  quarantined: number
  /** Of the newest of them. */
  quarantineReason: string | null
  requests: OpenRequest[]
}

type Row = Omit<
  NetworkState,
  'failures' | 'failingSince' | 'isRunning' | 'lastRead' | 'problemCode'
> & { runs: BriefRun[] }

const RUNS = 40

/** Every network, by name, with what is known of its reads. One statement, however many they are. */
export const networkStates = async (db: Database): Promise<NetworkState[]> => {
  const { rows } = await db.execute<Row>(sql`
    select n.id::text, n.name, n.adapter, coalesce(n.is_on, false) as "isOn",
      n.expected_freshness_hours::int as "freshHours",
      to_json(n.last_success_at) #>> '{}' as "syncedAt", to_json(n.last_run_at) #>> '{}' as "ranAt",
      n.last_problem as problem, to_json(n.event_watermark) #>> '{}' as "eventWatermark",
      to_json(n.change_watermark) #>> '{}' as "changeWatermark", kept.count as quarantined, why.reason as "quarantineReason", latest.runs, asked.requests
    from networks n
    cross join lateral (select count(*)::int as count from quarantined_rows q
      where q.network_id = n.id and q.settled_at is null) kept
    left join lateral (select coalesce(q.detail, q.code) as reason from quarantined_rows q
      where q.network_id = n.id and q.settled_at is null order by q.created_at desc limit 1) why on true
    cross join lateral (select coalesce(json_agg(r), '[]') as runs from (
      select r.status::text, r.window_by as "windowBy", r.started_at as "startedAt", r.ended_at as "endedAt", r.rows::int,
        r.created::int, r.changed::int, r.error_code as "errorCode"
      from sync_runs r where r.network_id = n.id order by r.started_at desc, r.id desc limit ${RUNS}
    ) r) latest
    cross join lateral (select coalesce(json_agg(q), '[]') as requests from (
      select q.id, q.mode::text, q.status::text, q.created_at as "askedAt",
        coalesce(u.name, u.email) as "askedBy", q.window_from as "windowFrom",
        q.window_to as "windowTo", q.note
      from sync_requests q left join users u on u.id = q.asked_by_id
      where q.network_id = n.id and q.status in ('waiting', 'running') order by q.created_at
    ) q) asked
    order by n.name`)
  return rows.map(stateOf)
}

const stateOf = ({ runs, ...row }: Row): NetworkState => {
  const ended = runs.filter(({ status, windowBy }) => status !== 'running' && windowBy !== 'replay')
  const good = ended.findIndex(({ status }) => status === 'completed')
  const bad = (good === -1 ? ended : ended.slice(0, good)).filter((run) => run.status === 'failed')
  return {
    ...row,
    problemCode: row.problem === null ? null : (bad[0]?.errorCode ?? null),
    failures: bad.length,
    failingSince: bad.at(-1)?.startedAt ?? null,
    isRunning: runs.some(({ status }) => status === 'running'),
    lastRead: lastReadOf(runs),
  }
}
