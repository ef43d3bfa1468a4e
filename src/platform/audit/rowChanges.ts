import { isDeepStrictEqual } from 'node:util'

import type { FlattenedField, PayloadRequest, SanitizedCollectionConfig } from 'payload'

export type Row = Record<string, unknown>

/** Returns the fields that differ, before and after the change; null when none differs. */
export const changedFields = (before: Row, after: Row): { before: Row; after: Row } | null => {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !isDeepStrictEqual(before[name] ?? null, after[name] ?? null),
  )
  if (names.length === 0) return null
  const only = (row: Row): Row => Object.fromEntries(names.map((name) => [name, row[name] ?? null]))
  return { before: only(before), after: only(after) }
}

/** Fields that the system writes at every save or sign-in. They are no action of a person. */
const BOOKKEEPING = ['_strategy', 'collection', 'globalType', 'id', 'sessions', 'updatedAt']

/**
 * Returns a document as the log compares and stores it: the stored fields without bookkeeping,
 * empty fields and fields computed on reading. Hash and salt count as one password.
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

/**
 * Loads the whole row in the request's transaction, without access rules and hidden fields, so that
 * the log does not depend on what the actor may read. Loads the draft if there is one.
 */
export const loadRow = async (
  { flattenedFields, slug, versions }: SanitizedCollectionConfig,
  id: number | string,
  req: PayloadRequest,
): Promise<Row> => {
  const doc: unknown = versions?.drafts
    ? await req.payload.findByID({
        collection: slug,
        id,
        depth: 0,
        draft: true,
        trash: true,
        overrideAccess: true,
        showHiddenFields: true,
        disableErrors: true,
        req,
      })
    : await req.payload.db.findOne({
        collection: slug,
        where: { id: { equals: id } },
        req,
      })
  return storedFields(doc, flattenedFields)
}

const keyOf = (subject: string, id: number | string | null) => `audit:${subject}:${id ?? ''}`

/** Stores a row in the request before the request changes it. */
export const rememberRow = (
  req: PayloadRequest,
  subject: string,
  id: number | string | null,
  row: Row,
): void => {
  // Payload replaces the context at times, but copies its content.
  req.context[keyOf(subject, id)] = row
}

/** Returns the stored row once. */
export const recallRow = (
  req: PayloadRequest,
  subject: string,
  id: number | string | null,
): Row | undefined => {
  const row = req.context[keyOf(subject, id)] as Row | undefined
  req.context[keyOf(subject, id)] = undefined
  return row
}
