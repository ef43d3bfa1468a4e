import type { Database } from '../database/dbIn.ts'
import { type LaneStats, loadLaneStats } from '../messaging/outbox/stats.ts'
import { hasWorkerFor, listWorkers, type WorkerState } from './listWorkers.ts'

/** An older one-time code is of no use to the member. */
const MAX_CODE_SECONDS = 60

export type QueueHealth = {
  ok: boolean
  /** Stable codes of what is wrong. */
  problems: ('codes-are-late' | 'no-worker')[]
  pending: number
  oldestCodeSeconds: number | null
  workersAlive: number
}

/** Checks that a worker sends waiting messages, and that one-time codes are sent in time. */
export const checkQueueHealth = async (db: Database, now: Date): Promise<QueueHealth> => {
  const { lanes } = await loadLaneStats(db, now)
  return assessQueue(lanes, await listWorkers(db, now))
}

/** The rule of `checkQueueHealth`, without the database. */
export const assessQueue = (
  lanes: Pick<LaneStats, 'lane' | 'oldestSeconds' | 'pending'>[],
  workers: WorkerState[],
): QueueHealth => {
  const pending = lanes.reduce((sum, lane) => sum + lane.pending, 0)
  const codes = lanes.filter(({ lane }) => lane === 'otp')
  const ages = codes.flatMap(({ oldestSeconds }) => oldestSeconds ?? [])
  const oldestCodeSeconds = ages.length > 0 ? Math.max(...ages) : null
  const problems: QueueHealth['problems'] = []
  if (pending > 0 && !hasWorkerFor(workers, 'notifications')) problems.push('no-worker')
  if ((oldestCodeSeconds ?? 0) > MAX_CODE_SECONDS) problems.push('codes-are-late')
  return {
    ok: problems.length === 0,
    problems,
    pending,
    oldestCodeSeconds,
    workersAlive: workers.filter(({ isAlive }) => isAlive).length,
  }
}
