import type { Payload } from 'payload'

type JobContext = {
  payload: Payload
  /** The time of the run, as a value: a job never asks for it. */
  now: Date
  /** What a one-off run was asked to do; null for a scheduled one. */
  data: unknown
  /** Aborted when the process is told to stop; a job ends at its next safe point. */
  signal: AbortSignal
}

/** Kinds of work that a worker may be told to keep to. */
export const JOB_KINDS = ['notifications', 'sync', 'maintenance'] as const
export type JobKind = (typeof JOB_KINDS)[number]

export type Job<Report = unknown> = {
  name: string
  kind: JobKind
  /** Cron, read in UTC. Absent for a job that is only started by hand or by an event. */
  schedule?: string
  /** At most one run at a time over all processes. */
  isSingleton?: boolean
  /** Runs of it side by side in one process; 1 unless said. */
  concurrency?: number
  /** How long a run may take before another process may assume that this one died; 10 unless said. */
  lockMinutes?: number
  /** The notification of the database that starts a run at once; the schedule is the fallback. */
  wakeOn?: string
  /** Milliseconds until there is something to do without being woken; null when there is not. */
  nextDue?: (context: Pick<JobContext, 'now' | 'payload'>) => Promise<number | null>
  /** Returns what it did, in counts: `job-runs` keeps it, the admin sees it. */
  run: (context: JobContext) => Promise<Report>
}

/** Names a job's parts; plugins collect the values, and processes run them. */
export const defineJob = <Report>(job: Job<Report>): Job<Report> => job
