import path from 'node:path'

import type { Payload } from 'payload'

import { projectRoot } from '../projectRoot.ts'

export type ArchiveOptions = {
  /** An absolute path. */
  dir: string
  auditKeepDays: number
  pagesKeepDays: number
}

/** Returns the options of archives from the environment. A relative folder is one of the project. */
export const archiveOptions = (env: {
  ARCHIVE_DIR: string
  AUDIT_KEEP_DAYS: number
  PAGES_KEEP_DAYS: number
}): ArchiveOptions => ({
  dir: path.resolve(projectRoot(), env.ARCHIVE_DIR),
  auditKeepDays: env.AUDIT_KEEP_DAYS,
  pagesKeepDays: env.PAGES_KEEP_DAYS,
})

/** Returns the options that the operations plugin keeps in the configuration. */
export const findArchives = (payload: Payload): ArchiveOptions =>
  payload.config.custom.archives as ArchiveOptions
