import { type PostgresAdapter, sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'

import { LIVE_HOLDERS } from '../../messaging/outbox/claim.ts'

/** The error of a run with a process that ended before it did. */
export const WORKER_LOST = 'worker-lost'

/** So many workers in a row may be lost by a job before its schedule pauses. */
const MAX_LOST = 3
const PAUSED = `${WORKER_LOST}: ${MAX_LOST} workers in a row. It runs again in a day, or on request.`

const dbOf = (payload: Payload) => (payload.db as unknown as PostgresAdapter).drizzle

/** Marks the runs of workers that live no more as failed. */
export const closeLostJobRuns = async (payload: Payload, now: Date): Promise<void> => {
  const at = now.toISOString()
  await dbOf(payload).execute(sql`
    update job_runs set status = 'failed', ended_at = ${at}, error = ${WORKER_LOST}, updated_at = ${at}
    where status = 'running' and holder is not null
      and holder::bigint not in (${LIVE_HOLDERS})`)
}

/**
 * True for a day after a job has lost three workers in a row, so that it does not end each worker
 * that starts. The last of these runs then says so. A run that a person requests is not held up.
 */
export const isPausedAfterLosses = async (
  payload: Payload,
  { job, now }: { job: string; now: Date },
): Promise<boolean> => {
  await closeLostJobRuns(payload, now)
  const { rows } = await dbOf(payload).execute<{ id: string }>(sql`
    with last as (
      select id, error, ended_at
      from job_runs
      where job = ${job} and status in ('completed', 'failed')
      order by started_at desc, id desc
      limit ${MAX_LOST}
    )
    update job_runs set error = ${PAUSED}
    where id = (select id from last order by ended_at desc limit 1)
      and (select count(*) from last where error like ${`${WORKER_LOST}%`}) = ${MAX_LOST}
      and ended_at > ${now.toISOString()}::timestamptz - interval '1 day'
    returning id`)
  return rows.length > 0
}
