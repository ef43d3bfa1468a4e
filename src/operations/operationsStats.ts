import type { Job } from '../platform/jobs/defineJob.ts'
import type { Database } from '../database/dbIn.ts'
import { loadQueueStats, type QueueStats } from '../messaging/outbox/stats.ts'
import { type JobState, loadJobStates } from './jobStates.ts'
import { listWorkers, type WorkerState } from './listWorkers.ts'

/** The response of `GET /api/v1/queue/stats`, which the queue monitor shows. */
export type OperationsStats = QueueStats & {
  /** The time of the figures, as ISO 8601. */
  at: string
  jobs: JobState[]
  workers: WorkerState[]
}

/** Loads the figures of messages, jobs and workers as of `now`. */
export const loadOperationsStats = async (
  db: Database,
  { jobs, now }: { jobs: Job[]; now: Date },
): Promise<OperationsStats> => {
  const workers = await listWorkers(db, now)
  return {
    at: now.toISOString(),
    ...(await loadQueueStats(db, now)),
    jobs: await loadJobStates(db, { jobs, now, workers }),
    workers,
  }
}
