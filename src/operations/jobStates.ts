import { sql } from '@payloadcms/db-postgres'
import { Cron } from 'croner'
import cronstrue from 'cronstrue'

import type { Database } from '../database/dbIn.ts'
import type { Job } from '../platform/jobs/defineJob.ts'
import { hasWorkerFor, type WorkerState } from './listWorkers.ts'

type RunStatus = 'requested' | 'running' | 'completed' | 'failed'

export type JobState = {
  name: string
  /** Cron, in UTC; null for a job that starts only by hand or on an event. */
  schedule: string | null
  words: string
  /** When the last run began, as ISO 8601; null when there was none. */
  lastRun: string | null
  nextRunAt: string | null
  /** Of the last run; of a job that waits for events, whether a worker stands by. */
  status: RunStatus | 'never-run' | 'standing-by' | 'no-worker'
  /** The counts of the last run. */
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

/** Loads the jobs with their last and next runs. Ignores skipped runs, which did nothing. */
export const loadJobStates = async (
  db: Database,
  { jobs, now, workers }: { jobs: Job[]; now: Date; workers: WorkerState[] },
): Promise<JobState[]> => {
  const names = JSON.stringify(jobs.map(({ name }) => name))
  const { rows } = await db.execute<Run>(sql`
    select wanted.name as job, run.status, run.started_at as at, run.report, run.error
    from jsonb_array_elements_text(${names}::jsonb) wanted (name)
    cross join lateral (
      select status::text, started_at, report, error from job_runs
      where job = wanted.name and status <> 'skipped'
      order by started_at desc, id desc
      limit 1
    ) run`)
  return jobs.map((job) => {
    const run = rows.find((row) => row.job === job.name)
    return {
      name: job.name,
      schedule: job.schedule ?? null,
      words: describeTrigger(job),
      lastRun: run ? new Date(run.at).toISOString() : null,
      nextRunAt: job.schedule ? (findNextRun(job.schedule, now)?.toISOString() ?? null) : null,
      status: findStatus(job, run, workers),
      report: run?.report ?? null,
      error: run?.error ?? null,
    }
  })
}

const describeTrigger = ({ schedule, wakeOn }: Job): string => {
  if (!schedule) return 'By hand'
  const words = describeSchedule(schedule)
  return wakeOn ? `As soon as something waits; ${words.toLowerCase()} at the latest` : words
}

const findStatus = (job: Job, run: Run | undefined, workers: WorkerState[]): JobState['status'] => {
  // Jobs that wait for events record only the runs that were requested.
  if (job.wakeOn && run?.status !== 'requested' && run?.status !== 'running') {
    return hasWorkerFor(workers, job.kind) ? 'standing-by' : 'no-worker'
  }
  return run?.status ?? 'never-run'
}

/** Schedules are in UTC, whatever time zone a server has. */
const ZONE = 'UTC'

/**
 * When a schedule is due next, strictly after `now`; null when it never is.
 *
 * @example findNextRun('0 2 * * *', new Date('2026-11-20T09:00:00Z')) // 2026-11-21T02:00:00.000Z
 */
export const findNextRun = (schedule: string, now: Date): Date | null =>
  new Cron(schedule, { timezone: ZONE, paused: true }).nextRun(now)

/**
 * Describes a schedule in English.
 *
 * @example describeSchedule('0 2 * * *') // 'At 02:00 UTC'
 */
export const describeSchedule = (schedule: string): string => {
  const words = cronstrue.toString(schedule, { use24HourTimeFormat: true })
  return /\d:\d/.test(words) ? `${words} UTC` : words
}
