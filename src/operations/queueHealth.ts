import type { Database } from '../ledger/transactionOf.ts'
import { laneStats, type LaneStats } from '../outbox/laneStats.ts'
import { hasWorkerFor, listWorkers, type WorkerState } from './listWorkers.ts'

/** A code that is older than this is of no use to who waits for it. */
const OLDEST_CODE_SECONDS = 60

export type QueueHealth = {
  ok: boolean
  /** What is wrong, each a stable code. */
  problems: ('codes-are-late' | 'no-worker')[]
  pending: number
  oldestCodeSeconds: number | null
  workersAlive: number
}

/** Whether messages flow: somebody sends what waits, and codes arrive while they are of use. */
export const queueHealth = async (db: Database, now: Date): Promise<QueueHealth> => {
  const { lanes } = await laneStats(db, now)
  return judgeQueue(lanes, await listWorkers(db, now))
}

/** The rule behind it. */
export const judgeQueue = (
  lanes: Pick<LaneStats, 'lane' | 'oldestSeconds' | 'pending'>[],
  workers: WorkerState[],
): QueueHealth => {
  const pending = lanes.reduce((sum, lane) => sum + lane.pending, 0)
  const codes = lanes.filter(({ lane }) => lane === 'otp')
  const ages = codes.flatMap(({ oldestSeconds }) => oldestSeconds ?? [])
  const oldestCodeSeconds = ages.length > 0 ? Math.max(...ages) : null
  const problems: QueueHealth['problems'] = []
  if (pending > 0 && !hasWorkerFor(workers, 'notifications')) problems.push('no-worker')
  if ((oldestCodeSeconds ?? 0) > OLDEST_CODE_SECONDS) problems.push('codes-are-late')
  return {
    ok: problems.length === 0,
    problems,
    pending,
    oldestCodeSeconds,
    workersAlive: workers.filter(({ isAlive }) => isAlive).length,
  }
}
