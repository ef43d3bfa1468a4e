import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'

type Seen = { assignment: string; seenMinor: number; now: Date }

/** Records the cashback of an assignment that people have seen, or that is within the limits. */
export const recordSeen = async (
  db: Database,
  { assignment, now, seenMinor }: Seen,
): Promise<void> => {
  await db.execute(sql`
    update transaction_assignments
    set seen_minor = ${seenMinor}, refused_minor = null, updated_at = ${now.toISOString()}
    where id = ${assignment}`)
}

/** Records that a second person rejected the growth of an assignment up to an amount. */
export const recordRefusedGrowth = async (
  db: Database,
  { assignment, now, refusedMinor }: { assignment: string; refusedMinor: number; now: Date },
): Promise<void> => {
  await db.execute(sql`
    update transaction_assignments
    set refused_minor = ${refusedMinor}, updated_at = ${now.toISOString()}
    where id = ${assignment}`)
}
