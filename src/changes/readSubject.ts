import { sql } from '@payloadcms/db-postgres'
import type { CollectionSlug, GlobalSlug, PayloadRequest } from 'payload'

import { dbIn } from '../database/dbIn.ts'

/** A document of a collection, or a global (`id` null). */
export type Subject = { slug: string; id: string | null }

/**
 * Locks a document until the transaction ends, as an update of it does, and returns it with all
 * fields; null if it was deleted.
 */
export const lockSubject = async (
  req: PayloadRequest,
  { id, slug }: Subject,
): Promise<Record<string, unknown> | null> => {
  const db = await dbIn(req)
  if (id === null) {
    await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`global:${slug}`}, 0))`)
    const doc = await req.payload.findGlobal({ slug: slug as GlobalSlug, depth: 0, req })
    return doc as unknown as Record<string, unknown>
  }
  const table = sql.identifier(slug.replaceAll('-', '_'))
  await db.execute(sql`select 1 from ${table} where id = ${id} for no key update`)
  const doc = await req.payload.findByID({
    collection: slug as CollectionSlug,
    id,
    depth: 0,
    disableErrors: true,
    showHiddenFields: true,
    req,
  })
  return doc as unknown as Record<string, unknown> | null
}

/** Writes fields of a document through its hooks, past the access rules. */
export const writeSubject = async (
  req: PayloadRequest,
  { id, slug }: Subject,
  data: Record<string, unknown>,
): Promise<void> => {
  if (id === null) {
    await req.payload.updateGlobal({
      slug: slug as GlobalSlug,
      data,
      depth: 0,
      req,
    })
    return
  }
  await req.payload.update({
    collection: slug as CollectionSlug,
    id,
    data,
    depth: 0,
    req,
  })
}
