import { archiveAudit as archive } from '../../src/ledger/proofs/archiveAudit.ts'
import { findArchives } from '../../src/platform/archives/findArchives.ts'
import { defineJob } from '../../src/platform/jobs/defineJob.ts'

/** Moves old audit rows of sealed days to files on Sundays, after `AUDIT_KEEP_DAYS`. */
export const archiveAudit = defineJob({
  name: 'archive-audit',
  kind: 'maintenance',
  schedule: '0 1 * * 0',
  isSingleton: true,
  lockMinutes: 120,

  run({ now, payload, signal }) {
    const { auditKeepDays: keepDays, dir } = findArchives(payload)
    return archive(payload, { dir, keepDays, now, signal })
  },
})
