import type { CollectionBeforeOperationHook } from 'payload'

/** Fields that the system sets. Payload would let a sender date a row. */
const SYSTEM_FIELDS = ['id', 'createdAt', 'updatedAt']

/** Drops a row's id and dates from what a sender wants to write. */
export const dropSystemFields: CollectionBeforeOperationHook = ({
  args,
  operation,
  overrideAccess,
}) => {
  if (overrideAccess === true || (operation !== 'create' && operation !== 'update')) return
  const { data } = args as { data?: unknown }
  if (typeof data !== 'object' || data === null) return
  for (const name of SYSTEM_FIELDS) Reflect.deleteProperty(data, name)
}
