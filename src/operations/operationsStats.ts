import type { Job } from '../../jobs/defineJob.ts'
import type { Database } from '../ledger/transactionOf.ts'
import { queueStats, type QueueStats } from '../outbox/queueStats.ts'
import { jobStates, type JobState } from './jobStates.ts'
import { listWorkers, type WorkerState } from './listWorkers.ts'

/** The answer of `GET /api/v1/queue/stats`: what the queue monitor shows. */
export type OperationsStats = QueueStats & {
  /** As of when, in ISO 8601. */
  at: string
  jobs: JobState[]
  workers: WorkerState[]
}

/** Messages, jobs and workers in figures, as of `now`. */
export const operationsStats = async (
  db: Database,
  { jobs, now }: { jobs: Job[]; now: Date },
): Promise<OperationsStats> => {
  const workers = await listWorkers(db, now)
  return {
    at: now.toISOString(),
    ...(await queueStats(db, now)),
    jobs: await jobStates(db, { jobs, now, workers }),
    workers,
  }
}
