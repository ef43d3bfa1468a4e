import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'

import { formatCount } from '../../../src/admin/format/counts.ts'
import { readDb } from '../../../src/database/readDb.ts'
import type { Badge } from '../../adminViews/AdminViewLink.tsx'

/** The badge of the changes: how many wait. */
export const loadChangesBadge = async (payload: Payload): Promise<Badge | null> => {
  const db = await readDb({ payload })
  const { rows } = await db.execute<{ count: string }>(
    sql`select count(*) from change_requests where status = 'requested'`,
  )
  const count = Number(rows[0]?.count ?? 0)
  return count > 0 ? { text: `${formatCount(count)} waiting`, isBad: true } : null
}
