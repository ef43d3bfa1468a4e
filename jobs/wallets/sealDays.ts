import { sealDays as seal } from '../../src/ledger/proofs/sealDays.ts'
import { defineJob } from '../../src/platform/jobs/defineJob.ts'

/**
 * Seals the transfers and audit rows of the past days, an hour after midnight (UTC). It runs again
 * every hour, for a day that had to wait for an open transaction.
 */
export const sealDays = defineJob({
  name: 'seal-days',
  kind: 'maintenance',
  schedule: '0 1-23 * * *',
  isSingleton: true,
  lockMinutes: 60,

  async run({ now, payload, signal }) {
    const report = await seal(payload, { now, signal })
    if (report.waitsFor !== null) {
      payload.logger.warn({ msg: 'a day waits for an open transaction', day: report.waitsFor })
    }
    return report
  },
})
