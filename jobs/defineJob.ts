import type { Payload } from 'payload'

type JobContext = {
  payload: Payload
  /** The time of the run, as a value: a job never asks for it. */
  now: Date
  /** Aborted when the process is told to stop; a job ends at its next safe point. */
  signal: AbortSignal
}

export type Job<Report = unknown> = {
  name: string
  /** Cron, read in UTC. Absent for a job that is only started by hand or by an event. */
  schedule?: string
  /** At most one run at a time over all processes. */
  isSingleton?: boolean
  /** Returns what it did, in counts: `job-runs` keeps it, the admin sees it. */
  run: (context: JobContext) => Promise<Report>
}

/** Names a job's parts; plugins collect the values, and processes run them. */
export const defineJob = <Report>(job: Job<Report>): Job<Report> => job
