import { sql } from '@payloadcms/db-postgres'
import type { CollectionBeforeDeleteHook } from 'payload'

import { DomainError } from '../src/domain/errors.ts'
import { transactionOf } from '../src/ledger/transactionOf.ts'

/**
 * A person of the staff who has done something stays: the log refers to them. The foreign key
 * refuses it in any case; this says why, and what to do.
 *
 * @throws DomainError `user.has-history`
 */
export const keepAuditedPeople: CollectionBeforeDeleteHook = async ({ id, req }) => {
  const db = await transactionOf(req)
  const { rows } = await db.execute(sql`select 1 from audit_logs where actor_id = ${id} limit 1`)
  if (rows.length === 0) return
  throw new DomainError(
    'user.has-history',
    'The audit log refers to this person. Make them a member instead.',
  )
}
