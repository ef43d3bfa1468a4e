import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { recordAudit } from '../audit/recordAudit.ts'
import { DomainError } from '../domain/errors.ts'
import { transactionOf } from '../ledger/transactionOf.ts'

/**
 * Asks the workers for a run of a job now, in the caller's transaction; audited. They hear of it
 * once that is committed. Answers the id of the run.
 *
 * @throws DomainError `job.already-requested` one waits to be started already
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
  const db = await transactionOf(req)
  const at = now.toISOString()
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`request:${job}`}, 0))`)
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into job_runs (id, job, status, started_at, created_at, updated_at)
    select time_ordered_uuid(), ${job}, 'requested', ${at}, ${at}, ${at}
    where not exists (select 1 from job_runs where job = ${job} and status = 'requested')
    returning id`)
  const id = rows[0]?.id
  if (!id) {
    throw new DomainError('job.already-requested', 'A run of it waits to be started already.')
  }
  await recordAudit({ req, action: 'run', subject: 'job-runs', subjectId: id, after: { job } })
  return id
}
