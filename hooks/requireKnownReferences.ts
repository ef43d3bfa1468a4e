import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest, SanitizedCollectionConfig } from 'payload'

import { DomainError } from '../src/domain/errors.ts'
import { readerOf } from '../src/ledger/readerOf.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Every row that the data refers to is there. The foreign keys refuse the others in any case, but
 * late, and a hook may have looked for the row before.
 *
 * @throws DomainError `request.unknown-reference`, naming the field
 */
export const requireKnownReferences = async (
  { flattenedFields }: SanitizedCollectionConfig,
  data: Record<string, unknown>,
  req: PayloadRequest,
): Promise<void> => {
  for (const field of flattenedFields) {
    const value = data[field.name]
    if (field.type !== 'relationship' || typeof field.relationTo !== 'string') continue
    if (isNothing(value) || (await isThere(field.relationTo, idOf(value), req))) continue
    throw new DomainError('request.unknown-reference', 'There is no such row.', {
      field: field.name,
    })
  }
}

/** As Payload reads it: a form that is left empty sends one of these. */
const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || value === 'none' || value === 'null'

const idOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'id' in value ? value.id : value

const isThere = async (slug: string, id: unknown, req: PayloadRequest): Promise<boolean> => {
  if (typeof id !== 'string' || !UUID.test(id)) return false
  const db = await readerOf(req)
  const table = sql.identifier(slug.replaceAll('-', '_'))
  const { rows } = await db.execute(sql`select 1 from ${table} where id = ${id}`)
  return rows.length > 0
}
