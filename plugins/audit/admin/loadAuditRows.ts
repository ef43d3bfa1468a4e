import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import type { Row } from '../../../src/platform/audit/rowChanges.ts'
import { readDb } from '../../../src/database/readDb.ts'

export type AuditRow = {
  id: string
  at: string
  who: string | null
  role: string | null
  action: string
  reason: string | null
  before: Row | null
  after: Row | null
}

/** The number of rows that a document's tab shows. */
export const MAX_ROWS = 100

/**
 * Loads the audit rows of one document or global, newest first, and whether there are more. Sign-ins
 * are left out, because they change nothing; the audit log itself has them.
 */
export const loadAuditRows = async (
  req: PayloadRequest,
  { id, slug }: { slug: string; id: string | null },
): Promise<{ rows: AuditRow[]; isCut: boolean }> => {
  const db = await readDb(req)
  const { rows } = await db.execute<AuditRow>(sql`
    select id, to_json(at) #>> '{}' as at, actor_email as who, actor_role as role, action, reason,
      before, after
    from audit_logs
    where subject = ${slug} and subject_id is not distinct from ${id}
      and action not in ('login', 'login-failed', 'logout')
    order by at desc, id desc limit ${MAX_ROWS + 1}`)
  return { rows: rows.slice(0, MAX_ROWS), isCut: rows.length > MAX_ROWS }
}

/** Loads the names of users by id. Other ids are left out. */
export const loadNames = async (
  req: PayloadRequest,
  ids: string[],
): Promise<ReadonlyMap<string, string>> => {
  if (ids.length === 0) return new Map()
  const db = await readDb(req)
  const { rows } = await db.execute<{ id: string; name: string }>(sql`
    select id, coalesce(name, email) as name from users
    where id = any (array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))::uuid[])`)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
