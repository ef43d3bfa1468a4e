import { type PostgresAdapter, sql } from '@payloadcms/db-postgres'

import { defineJob, type Job } from '../../jobs/defineJob.ts'
import { runJob } from './runJob.ts'

/**
 * Runs what an admin asked for: a row of `job-runs` that says `requested`, of a job that this
 * worker has. Each is taken by one worker.
 */
export const runRequested = (jobs: Job[]): Job =>
  defineJob({
    name: 'run-requested',
    kind: 'maintenance',
    async run({ now, payload, signal }) {
      const db = (payload.db as unknown as PostgresAdapter).drizzle
      const names = JSON.stringify(jobs.map(({ name }) => name))
      let runs = 0
      while (!signal.aborted) {
        const { rows } = await db.execute<{ id: string; job: string }>(sql`
          update job_runs set status = 'running', started_at = ${now.toISOString()}
          where id = (select id from job_runs where status = 'requested'
            and job in (select jsonb_array_elements_text(${names}::jsonb))
            order by created_at limit 1 for update skip locked)
          returning id, job`)
        const [asked] = rows
        const job = jobs.find(({ name }) => name === asked?.job)
        if (!asked || !job) break
        await runJob({ payload, job, signal, runId: asked.id })
        runs += 1
      }
      return { runs }
    },
  })
