import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'

/**
 * Settles the open rows of a stored page that was read again, but for those that are rejected as
 * before (`still`, by content hash). One that is rejected for another reason now is a row of its own.
 */
export const settleRead = async (
  db: Database,
  { now, page, still }: { page: string; now: Date; still: string[] },
): Promise<void> => {
  const at = now.toISOString()
  await db.execute(sql`
    update quarantined_rows set settled_at = ${at}, settled_by = 'replay', updated_at = ${at}
    where page_id = ${page} and settled_at is null
      and content_hash not in (select jsonb_array_elements_text(${JSON.stringify(still)}::jsonb))`)
}
