import { type PostgresAdapter, sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import type { PoolClient } from 'pg'

import type { Job } from '../../platform/jobs/defineJob.ts'
import { now } from '../../platform/clock.ts'
import { serializeError } from '../../platform/serializeError.ts'
import { findLeaseHolder } from '../../messaging/outbox/claim.ts'
import { isPausedAfterLosses, WORKER_LOST } from './lostRuns.ts'

export type JobOutcome =
  | { status: 'completed'; report: unknown }
  | { status: 'skipped' }
  | { status: 'failed'; error: Error }

export type JobRun = {
  payload: Payload
  job: Job
  signal: AbortSignal
  /** The input of a one-off run. */
  data?: unknown
  /** The row of a requested run; a new row if absent. */
  runId?: string
  /** True of a run that nobody asked for: it is skipped while the job pauses after lost workers. */
  isScheduled?: boolean
}

/**
 * Runs a job once and records the run: start, end, counts, error. A singleton holds an advisory
 * lock on a connection of its own; if another process has it, the run is skipped. When the
 * connection is lost, and the lock with it, the job's signal is aborted. A scheduled run of a job
 * that ended three workers in a row is skipped as well: it pauses for a day.
 */
export const runJob = async (run: JobRun): Promise<JobOutcome> => {
  if (
    run.isScheduled &&
    (await isPausedAfterLosses(run.payload, { job: run.job.name, now: now() }))
  )
    return { status: 'skipped' }
  if (!run.job.isSingleton) return runRecorded(run)
  const { pool } = run.payload.db as unknown as PostgresAdapter
  const client = await pool.connect()
  const lost = new AbortController()
  const abort = () => {
    lost.abort()
  }
  client.on('error', abort).on('end', abort)
  try {
    if (await tryLock(client, run.job.name)) {
      await failLostRuns(run)
      return await runRecorded({ ...run, signal: AbortSignal.any([run.signal, lost.signal]) })
    }
    await end(run, run.runId, { status: 'skipped' })
    return { status: 'skipped' }
  } finally {
    // Ending the session releases the lock, whatever happened in it.
    client.release(true)
  }
}

const runRecorded = async (run: JobRun): Promise<JobOutcome> => {
  const startedAt = now()
  const id = await begin(run, startedAt)
  const outcome = await runUnrecorded(run, startedAt)
  await end(run, id, outcome)
  return outcome
}

/** Runs a job without a row: for jobs that run all the time and count their work elsewhere. */
export const runUnrecorded = async (
  { data = null, job, payload, runId, signal }: JobRun,
  startedAt: Date,
): Promise<JobOutcome> => {
  const isRequested = runId !== undefined
  try {
    const report = await job.run({ payload, now: startedAt, data, signal, isRequested })
    return { status: 'completed', report }
  } catch (error) {
    return { status: 'failed', error: error instanceof Error ? error : new Error(String(error)) }
  }
}

const drizzleIn = (payload: Payload) => (payload.db as unknown as PostgresAdapter).drizzle

const begin = async ({ job, payload, runId }: JobRun, at: Date): Promise<string | undefined> => {
  const startedAt = at.toISOString()
  const holder = findLeaseHolder(payload)
  const { rows } = await drizzleIn(payload).execute<{ id: string }>(sql`
    insert into job_runs (id, job, status, holder, started_at, created_at, updated_at)
    values (coalesce(${runId ?? null}::uuid, time_ordered_uuid()), ${job.name}, 'running', ${holder},
      ${startedAt}, ${startedAt}, ${startedAt})
    on conflict (id) do update set
      status = 'running', holder = ${holder}, started_at = ${startedAt}, updated_at = ${startedAt}
    returning id`)
  return rows[0]?.id
}

/** Also of a run that was taken for lost: it did end. */
const end = async ({ payload }: JobRun, id: string | undefined, outcome: JobOutcome) => {
  if (id === undefined) return
  const at = now().toISOString()
  const report = outcome.status === 'completed' ? JSON.stringify(outcome.report) : null
  const error = outcome.status === 'failed' ? serializeError(outcome.error).message : null
  await drizzleIn(payload).execute(sql`
    update job_runs set status = ${outcome.status}, ended_at = ${at},
      report = ${report}, error = ${error}, updated_at = ${at} where id = ${id}`)
}

/** Only one run can hold the lock, so any other run with status `running` is of a dead process. */
const failLostRuns = async ({ job, payload, runId }: JobRun) => {
  const at = now().toISOString()
  await drizzleIn(payload).execute(sql`
    update job_runs set status = 'failed', ended_at = ${at}, error = ${WORKER_LOST}, updated_at = ${at}
    where job = ${job.name} and status = 'running' and id is distinct from ${runId ?? null}::uuid`)
}

const tryLock = async (client: PoolClient, name: string): Promise<boolean> => {
  const { rows } = await client.query<{ locked: boolean }>(
    'select pg_try_advisory_lock(hashtextextended($1, 0)) as locked',
    [`job:${name}`],
  )
  return rows[0]?.locked === true
}
