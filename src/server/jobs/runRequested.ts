import { type PostgresAdapter, sql } from '@payloadcms/db-postgres'

import { defineJob, type Job } from '../../platform/jobs/defineJob.ts'
import { findLeaseHolder } from '../../messaging/outbox/claim.ts'
import { closeLostJobRuns } from './lostRuns.ts'
import { runJob } from './runJob.ts'

/**
 * Runs the jobs that an admin requested: rows of `job-runs` with status `requested`, of jobs that
 * this worker has. One worker takes each. First it closes the runs of lost workers: a requested run
 * is not repeated, and the person sees that it was lost.
 */
export const runRequested = (jobs: Job[]): Job =>
  defineJob({
    name: 'run-requested',
    kind: 'maintenance',
    async run({ now, payload, signal }) {
      const db = (payload.db as unknown as PostgresAdapter).drizzle
      await closeLostJobRuns(payload, now)
      const names = JSON.stringify(jobs.map(({ name }) => name))
      const holder = findLeaseHolder(payload)
      let runs = 0
      while (!signal.aborted) {
        const { rows } = await db.execute<{ id: string; job: string }>(sql`
          update job_runs set status = 'running', holder = ${holder}, started_at = ${now.toISOString()}
          where id = (select id from job_runs where status = 'requested'
            and job in (select jsonb_array_elements_text(${names}::jsonb))
            order by created_at limit 1 for update skip locked)
          returning id, job`)
        const [requested] = rows
        const job = jobs.find(({ name }) => name === requested?.job)
        if (!requested || !job) break
        await runJob({ payload, job, signal, runId: requested.id })
        runs += 1
      }
      return { runs }
    },
  })
