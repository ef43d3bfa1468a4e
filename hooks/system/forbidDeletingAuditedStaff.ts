import { sql } from '@payloadcms/db-postgres'
import type { CollectionBeforeDeleteHook } from 'payload'

import { DomainError } from '../../src/domain/errors.ts'
import { dbIn } from '../../src/database/dbIn.ts'

/**
 * Refuses to delete staff with entries in the audit log. The foreign key refuses it too; this
 * explains why and what to do instead.
 *
 * @throws DomainError `user.has-history`
 */
export const forbidDeletingAuditedStaff: CollectionBeforeDeleteHook = async ({ id, req }) => {
  const db = await dbIn(req)
  const { rows } = await db.execute(sql`select 1 from audit_logs where actor_id = ${id} limit 1`)
  if (rows.length === 0) return
  throw new DomainError(
    'user.has-history',
    'The audit log refers to this person. Make them a member instead.',
  )
}
