import { sql } from '@payloadcms/db-postgres'
import type { GlobalBeforeOperationHook } from 'payload'

import { transactionOf } from '../src/ledger/transactionOf.ts'

/**
 * Makes changes of one global wait for each other, before Payload reads it: two at once would undo
 * one another, and count the same version.
 */
export const lockGlobal: GlobalBeforeOperationHook = async ({ global, operation, req }) => {
  if (operation !== 'update' && operation !== 'restoreVersion') return
  const db = await transactionOf(req)
  await db.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`global:${global.slug}`}, 0))`,
  )
}
