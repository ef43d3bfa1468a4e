import type { Payload } from 'payload'

type JobContext = {
  payload: Payload
  /** The time of the run. A job never reads the clock itself. */
  now: Date
  /** The input of a one-off run; null for a scheduled one. */
  data: unknown
  /** True of a run that a person requested. */
  isRequested?: boolean
  /** Aborted when the process stops. A job ends at its next safe point. */
  signal: AbortSignal
}

/** Kinds of jobs. A worker can be limited to some of them. */
export const JOB_KINDS = ['notifications', 'sync', 'maintenance'] as const
export type JobKind = (typeof JOB_KINDS)[number]

export type Job<Report = unknown> = {
  name: string
  kind: JobKind
  /** Cron, read in UTC. Absent for a job that is only started by hand or by an event. */
  schedule?: string
  /** At most one run at a time over all processes. */
  isSingleton?: boolean
  /** Parallel runs in one process; 1 by default. */
  concurrency?: number
  /** Minutes after which another process may treat a run as dead; 10 by default. */
  lockMinutes?: number
  /**
   * The channel of a PostgreSQL notification that starts a run at once; the schedule is a fallback.
   */
  wakeOn?: string
  /** Milliseconds until the next work that no notification announces; null when there is none. */
  nextDue?: (context: Pick<JobContext, 'now' | 'payload'>) => Promise<number | null>
  /** Returns counts of what it did. `job-runs` stores them and the admin shows them. */
  run: (context: JobContext) => Promise<Report>
}

/** Defines a job. Plugins register it in the config and workers run it. */
export const defineJob = <Report>(job: Job<Report>): Job<Report> => job

/** The jobs that the plugins registered. */
export const registeredJobs = (payload: Payload): Job[] =>
  (payload.config.custom.jobs ?? []) as Job[]
