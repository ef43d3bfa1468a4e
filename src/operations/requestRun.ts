import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { recordAudit } from '../platform/audit/recordAudit.ts'
import { DomainError } from '../domain/errors.ts'
import { dbIn } from '../database/dbIn.ts'
import { wakeWorkers } from '../database/wakeWorkers.ts'

/**
 * Requests a run of a job, in the caller's transaction; audited. Workers are notified on commit.
 * Returns the id of the run.
 *
 * @throws DomainError `job.already-requested` a requested run is still waiting
 */
export const requestRun = async ({
  job,
  now,
  req,
}: {
  job: string
  now: Date
  req: PayloadRequest
}): Promise<string> => {
  const db = await dbIn(req)
  const at = now.toISOString()
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`request:${job}`}, 0))`)
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into job_runs (id, job, status, started_at, created_at, updated_at)
    select time_ordered_uuid(), ${job}, 'requested', ${at}, ${at}, ${at}
    where not exists (select 1 from job_runs where job = ${job} and status = 'requested')
    returning id`)
  const id = rows[0]?.id
  if (!id) {
    throw new DomainError('job.already-requested', 'A requested run of this job is still waiting.')
  }
  wakeWorkers(db, 'jobs')
  await recordAudit({ req, action: 'run', subject: 'job-runs', subjectId: id, after: { job } })
  return id
}
