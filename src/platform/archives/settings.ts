import { z } from 'zod'

/** The environment settings of archives: where they are, and when rows move there. */
export const archiveSettings = {
  /** The folder of archives. Shared by all hosts with a worker, and backed up. */
  ARCHIVE_DIR: z.string().default('.data/archive'),
  /** Days that audit rows stay in the database. */
  AUDIT_KEEP_DAYS: z.coerce.number().int().min(90).max(36_500).default(90),
  /** Days that the raw pages of networks stay in the database. */
  PAGES_KEEP_DAYS: z.coerce.number().int().min(1).max(36_500).default(90),
}
