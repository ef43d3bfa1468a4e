import { type PostgresAdapter, sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import type { PoolClient } from 'pg'

import type { Job } from '../../jobs/defineJob.ts'
import { now } from '../clock.ts'

export type JobOutcome =
  | { status: 'completed'; report: unknown }
  | { status: 'skipped' }
  | { status: 'failed'; error: Error }

/**
 * Runs a job once and keeps the run: started, ended, counts, error. A singleton holds an advisory
 * lock on a connection of its own; when another process has it, the run is skipped.
 */
export const runJob = async (
  payload: Payload,
  job: Job,
  signal: AbortSignal,
): Promise<JobOutcome> => {
  const { drizzle, pool } = payload.db as unknown as PostgresAdapter
  const startedAt = now()
  const client = await pool.connect()
  try {
    if (job.isSingleton && !(await tryLock(client, job.name))) return { status: 'skipped' }
    const { rows } = await drizzle.execute<{ id: string }>(sql`
      insert into job_runs (id, job, status, started_at, created_at, updated_at)
      values (time_ordered_uuid(), ${job.name}, 'running', ${startedAt.toISOString()}, now(), now())
      returning id`)
    const outcome = await attempt(job, { payload, now: startedAt, signal })
    const report = outcome.status === 'completed' ? JSON.stringify(outcome.report) : null
    const error = outcome.status === 'failed' ? outcome.error.message : null
    await drizzle.execute(sql`
      update job_runs set status = ${outcome.status}, ended_at = ${now().toISOString()},
        report = ${report}, error = ${error}, updated_at = now() where id = ${rows[0]?.id}`)
    return outcome
  } finally {
    // Ending the session lets the lock go, whatever happened in it.
    client.release(true)
  }
}

const tryLock = async (client: PoolClient, name: string): Promise<boolean> => {
  const { rows } = await client.query<{ locked: boolean }>(
    'select pg_try_advisory_lock(hashtextextended($1, 0)) as locked',
    [`job:${name}`],
  )
  return rows[0]?.locked === true
}

const attempt = async (job: Job, context: Parameters<Job['run']>[0]): Promise<JobOutcome> => {
  try {
    return { status: 'completed', report: await job.run(context) }
  } catch (error) {
    return { status: 'failed', error: error instanceof Error ? error : new Error(String(error)) }
  }
}
