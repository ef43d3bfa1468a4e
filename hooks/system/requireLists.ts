import type { CollectionBeforeOperationHook } from 'payload'

import { DomainError } from '../../src/domain/errors.ts'

/**
 * Refuses anything but a list for a field with many values, before hooks that read the list.
 *
 * @throws DomainError `request.invalid`, with the field
 */
export const requireLists: CollectionBeforeOperationHook = ({
  args,
  collection,
  operation,
  overrideAccess,
}) => {
  if (overrideAccess === true || (operation !== 'create' && operation !== 'update')) return
  const { data } = args as { data?: unknown }
  if (typeof data !== 'object' || data === null) return
  for (const field of collection.flattenedFields) {
    const value = (data as Record<string, unknown>)[field.name]
    const isMany = 'hasMany' in field && field.hasMany === true
    if (!isMany || value === undefined || value === null || Array.isArray(value)) continue
    throw new DomainError('request.invalid', 'Send a list.', { field: field.name })
  }
}
