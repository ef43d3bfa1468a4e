import { type Agenda, backoffStrategies } from 'agenda'

import type { Job } from '../../platform/jobs/defineJob.ts'

/**
 * Jobs that a worker locks ahead of those that it runs. Without a limit Agenda 6.2.6 locks all due
 * jobs, one by one, before it runs the first: of ten thousand none would run in workers that live
 * for a few seconds. It polls for more every two seconds.
 */
const LOCKED_AHEAD = 10

/** Runs a job. Throws if it failed, so that Agenda retries it. */
export type RunBound = (job: Job, data: unknown) => Promise<void>

/**
 * Turns our list of jobs into Agenda's definitions and schedules; no other file does. An existing
 * schedule keeps its next time: runs that were missed while no worker ran are caught up by one run.
 */
export const bindJobs = async (agenda: Agenda, jobs: Job[], run: RunBound): Promise<void> => {
  for (const job of jobs) {
    const concurrency = job.concurrency ?? 1
    agenda.define<{ data?: unknown }>(job.name, ({ attrs }) => run(job, attrs.data), {
      concurrency,
      lockLimit: concurrency === 1 ? 1 : concurrency * LOCKED_AHEAD,
      lockLifetime: (job.lockMinutes ?? 10) * 60_000,
      backoff: backoffStrategies.exponential({ delay: 30_000, maxRetries: 2, jitter: 0.2 }),
    })
    if (job.schedule) await schedule(agenda, job.name, job.schedule)
  }
}

const schedule = async (agenda: Agenda, name: string, interval: string): Promise<void> => {
  const { jobs } = await agenda.queryJobs({ name })
  const isThere = jobs.some((job) => job.repeatInterval === interval && job.nextRunAt)
  if (isThere) return
  await agenda.every(interval, name, undefined, { timezone: 'UTC', skipImmediate: true })
}
