import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'

/** They show themselves every ten seconds; one that was not seen for a minute counts as gone. */
const SEEN_WITHIN_SECONDS = 60

/** A worker process, alive or lately gone. */
export type WorkerState = {
  host: string
  pid: number
  /** What it works on, such as `notifications, sync`. */
  kinds: string[]
  startedAt: string
  seenSeconds: number
  isAlive: boolean
}

/** The workers of the last hour, those seen last first. One that ended in order has no row. */
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

/** True when one of them is there for this kind of work. */
export const hasWorkerFor = (workers: WorkerState[], kind: string): boolean =>
  workers.some(({ isAlive, kinds }) => isAlive && kinds.includes(kind))
