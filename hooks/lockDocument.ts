import { sql } from '@payloadcms/db-postgres'
import type { CollectionBeforeOperationHook } from 'payload'

import { transactionOf } from '../src/ledger/transactionOf.ts'

/**
 * Makes changes of one row wait for each other. Payload reads the row, merges, and writes the
 * whole of it back: without this lock two changes at once would undo one another, and the second
 * would not see what the first decided. Taken before Payload's own read, in the transaction.
 */
export const lockDocument: CollectionBeforeOperationHook = async ({
  args,
  collection,
  operation,
  overrideAccess,
  req,
}) => {
  const id: unknown = 'id' in args ? args.id : undefined
  if (operation !== 'update' || typeof id !== 'string' || !UUID.test(id)) return
  if (overrideAccess === false && !req.user) return // Payload refuses it in a moment

  const db = await transactionOf(req)
  const table = sql.identifier(collection.slug.replaceAll('-', '_'))
  await db.execute(sql`select 1 from ${table} where id = ${id} for no key update`)
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
