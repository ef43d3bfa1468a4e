import type { FlattenedField } from 'payload'

import type { Row } from './changedFields.ts'

/** Kept by the system at every save or sign-in: they say nothing about what a person did. */
const BOOKKEEPING = ['_strategy', 'collection', 'globalType', 'id', 'sessions', 'updatedAt']

/**
 * A document as the log compares and keeps it: what is stored, without bookkeeping, empty fields
 * and what is computed on reading. A password is one thing, though it is stored as two.
 */
export const storedFields = (doc: unknown, fields: FlattenedField[]): Row => {
  const { hash, salt, ...row } = JSON.parse(JSON.stringify(doc ?? {})) as Row
  const computed = fields.filter(isComputed).map(({ name }) => name)
  const kept = Object.entries(row).filter(
    ([name, value]) => value !== null && !BOOKKEEPING.includes(name) && !computed.includes(name),
  )
  return {
    ...Object.fromEntries(kept),
    ...(hash || salt ? { password: JSON.stringify([hash, salt]) } : {}),
  }
}

const isComputed = (field: FlattenedField): boolean =>
  field.type === 'join' || ('virtual' in field && Boolean(field.virtual))
