import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../database/dbIn.ts'

/** Workers send a heartbeat every ten seconds; one without for a minute counts as lost. */
const SEEN_WITHIN_SECONDS = 60

/** A worker process, alive or recently lost. */
export type WorkerState = {
  host: string
  pid: number
  /** The kinds of jobs that it runs, such as `notifications` and `sync`. */
  kinds: string[]
  startedAt: string
  seenSeconds: number
  isAlive: boolean
}

/** Workers with a heartbeat in the last hour, latest first. A worker that stopped has no row. */
export const listWorkers = async (db: Database, now: Date): Promise<WorkerState[]> => {
  const at = now.toISOString()
  const { rows } = await db.execute<{
    host: string
    pid: number
    kinds: string
    startedAt: Date | string
    age: number
  }>(sql`
    select host, pid::int, kinds, started_at as "startedAt",
      extract(epoch from ${at}::timestamptz - seen_at)::float8 as age
    from workers where seen_at > ${at}::timestamptz - interval '1 hour'
    order by seen_at desc, id`)
  return rows.map(({ age, host, kinds, pid, startedAt }) => ({
    host,
    pid,
    kinds: kinds.split(', '),
    startedAt: new Date(startedAt).toISOString(),
    seenSeconds: Math.max(0, Math.round(age)),
    isAlive: age <= SEEN_WITHIN_SECONDS,
  }))
}

/** True when one of the workers is alive and runs this kind of job. */
export const hasWorkerFor = (workers: WorkerState[], kind: string): boolean =>
  workers.some(({ isAlive, kinds }) => isAlive && kinds.includes(kind))
