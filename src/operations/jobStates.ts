import { sql } from '@payloadcms/db-postgres'

import type { Job } from '../../jobs/defineJob.ts'
import type { Database } from '../ledger/transactionOf.ts'
import { hasWorkerFor, type WorkerState } from './listWorkers.ts'
import { nextRunOf, scheduleInWords } from './schedules.ts'

type RunStatus = 'requested' | 'running' | 'completed' | 'failed'

export type JobState = {
  name: string
  /** Cron, in UTC; null for a job that is only started by hand or by an event. */
  schedule: string | null
  words: string
  /** When the last run began, as ISO 8601; null when there was none. */
  lastRun: string | null
  nextRunAt: string | null
  /** Of the last run; of a job that runs all the time, whether a worker is there for it. */
  status: RunStatus | 'never-run' | 'standing-by' | 'no-worker'
  /** What the last run counted, or why it failed. */
  report: unknown
  error: string | null
}

type Run = {
  job: string
  status: RunStatus
  at: Date | string
  report: unknown
  error: string | null
}

/** The jobs with their last and next runs. A run that was skipped did nothing, and is left out. */
export const jobStates = async (
  db: Database,
  { jobs, now, workers }: { jobs: Job[]; now: Date; workers: WorkerState[] },
): Promise<JobState[]> => {
  const names = JSON.stringify(jobs.map(({ name }) => name))
  const { rows } = await db.execute<Run>(sql`
    select asked.name as job, run.status, run.started_at as at, run.report, run.error
    from jsonb_array_elements_text(${names}::jsonb) asked (name)
    cross join lateral (
      select status::text, started_at, report, error from job_runs
      where job = asked.name and status <> 'skipped' order by started_at desc, id desc limit 1
    ) run`)
  return jobs.map((job) => {
    const run = rows.find((row) => row.job === job.name)
    return {
      name: job.name,
      schedule: job.schedule ?? null,
      words: wordsOf(job),
      lastRun: run ? new Date(run.at).toISOString() : null,
      nextRunAt: job.schedule ? (nextRunOf(job.schedule, now)?.toISOString() ?? null) : null,
      status: statusOf(job, run, workers),
      report: run?.report ?? null,
      error: run?.error ?? null,
    }
  })
}

const wordsOf = ({ schedule, wakeOn }: Job): string => {
  if (!schedule) return 'By hand'
  const words = scheduleInWords(schedule)
  return wakeOn ? `As soon as something waits; ${words.toLowerCase()} at the latest` : words
}

const statusOf = (job: Job, run: Run | undefined, workers: WorkerState[]): JobState['status'] => {
  // Runs that nobody asked for are not written down where they happen all the time.
  if (job.wakeOn && run?.status !== 'requested' && run?.status !== 'running') {
    return hasWorkerFor(workers, job.kind) ? 'standing-by' : 'no-worker'
  }
  return run?.status ?? 'never-run'
}
