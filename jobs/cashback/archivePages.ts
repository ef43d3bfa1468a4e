import { archivePages as archive } from '../../src/cashback/ingestion/pageArchive.ts'
import { findArchives } from '../../src/platform/archives/findArchives.ts'
import { defineJob } from '../../src/platform/jobs/defineJob.ts'

/** Moves the bodies of old pages of networks to files every night, after `PAGES_KEEP_DAYS`. */
export const archivePages = defineJob({
  name: 'archive-pages',
  kind: 'maintenance',
  schedule: '30 1 * * *',
  isSingleton: true,
  lockMinutes: 60,

  run({ now, payload, signal }) {
    const { dir, pagesKeepDays: keepDays } = findArchives(payload)
    return archive(payload, { dir, keepDays, now, signal })
  },
})
