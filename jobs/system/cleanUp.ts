import { sql } from '@payloadcms/db-postgres'

import { readDb } from '../../src/database/readDb.ts'
import { defineJob } from '../../src/platform/jobs/defineJob.ts'

/** Days that temporary rows are kept. Money and decisions are kept for ever; `archive-audit` keeps the log. */
const KEPT_DAYS = { otpChallenges: 1, inboundEvents: 30, jobRuns: 90 } as const
const BATCH = 5_000

/**
 * Deletes expired rows: used codes, applied events, old job runs, counters. In batches; safe to
 * stop.
 */
export const cleanUp = defineJob({
  name: 'clean-up',
  kind: 'maintenance',
  schedule: '0 1 * * *',
  isSingleton: true,

  async run({ now, payload, signal }) {
    const db = await readDb({ payload })
    const before = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString()
    const old = {
      otpChallenges: sql`
        delete from otp_challenges where id in (
          select id from otp_challenges
          where created_at < ${before(KEPT_DAYS.otpChallenges)}
          limit ${BATCH})`,
      inboundEvents: sql`
        delete from inbound_events where id in (
          select id from inbound_events
          where status in ('applied', 'ignored')
            and created_at < ${before(KEPT_DAYS.inboundEvents)}
          limit ${BATCH})`,
      jobRuns: sql`
        delete from job_runs where id in (
          select id from job_runs
          where status not in ('requested', 'running')
            and created_at < ${before(KEPT_DAYS.jobRuns)}
          limit ${BATCH})`,
      rateLimits: sql`
        delete from rate_limits where key in (
          select key from rate_limits where expire < ${now.getTime()} limit ${BATCH})`,
    }
    const counts: Record<string, number> = {}
    for (const [name, statement] of Object.entries(old)) {
      let count = 0
      for (let deleted = BATCH; deleted === BATCH && !signal.aborted; count += deleted) {
        deleted = (await db.execute(statement)).rowCount ?? 0
      }
      counts[name] = count
    }
    return counts
  },
})
