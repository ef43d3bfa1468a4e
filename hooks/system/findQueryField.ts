import type { FlattenedField, Payload } from 'payload'

/** What a path of a query leads to. `part` is a path within JSON. */
export type QueryField =
  | { kind: 'field'; field: FlattenedField }
  | { kind: 'id' }
  | { kind: 'part' }
  /** A row of one of several collections, or of a version: its columns are Payload's own. */
  | { kind: 'open' }

/**
 * Finds the field that a path of a filter or a sort names, over relations, lists and JSON; null
 * when there is none. Says nothing of who may read it: Payload checks that.
 */
export const findQueryField = (
  payload: Payload,
  fields: readonly FlattenedField[],
  path: string,
): QueryField | null => follow(payload, fields, path.replaceAll('__', '.').split('.'))

const follow = (
  payload: Payload,
  fields: readonly FlattenedField[],
  [name, ...rest]: string[],
): QueryField | null => {
  const field = fields.find((one) => one.name === name)
  if (!field) return name === 'id' && rest.length === 0 ? { kind: 'id' } : null
  if (rest.length === 0) return { kind: 'field', field }
  if (field.type === 'json') return rest.every(isPlainKey) ? { kind: 'part' } : null
  if (field.type === 'relationship') {
    const { relationTo } = field
    if (typeof relationTo !== 'string') return { kind: 'open' }
    return follow(payload, payload.collections[relationTo].config.flattenedFields, rest)
  }
  return 'flattenedFields' in field ? follow(payload, field.flattenedFields, rest) : null
}

/** Payload writes keys into the text of SQL. */
const isPlainKey = (key: string): boolean => /^[\w-]+$/.test(key)
