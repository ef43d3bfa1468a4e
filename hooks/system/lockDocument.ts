import { sql } from '@payloadcms/db-postgres'
import type { CollectionBeforeOperationHook, GlobalBeforeOperationHook } from 'payload'

import { dbIn } from '../../src/database/dbIn.ts'

/**
 * Serialises the updates of one row. Payload reads the row, merges, and writes all of it back.
 * Without this lock two updates at once would overwrite each other, and the hooks of the second
 * would not see the first. Taken in the transaction, before Payload reads the row.
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

  const db = await dbIn(req)
  const table = sql.identifier(collection.slug.replaceAll('-', '_'))
  await db.execute(sql`select 1 from ${table} where id = ${id} for no key update`)
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Serialises the updates of one global, before Payload reads it. Two at once would overwrite each
 * other and count the same version.
 */
export const lockGlobal: GlobalBeforeOperationHook = async ({ global, operation, req }) => {
  if (operation !== 'update' && operation !== 'restoreVersion') return
  const db = await dbIn(req)
  await db.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`global:${global.slug}`}, 0))`,
  )
}
