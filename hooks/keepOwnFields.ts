import type { CollectionBeforeOperationHook } from 'payload'

/** What a row knows of itself. Payload would let a sender date a row. */
const OWN = ['id', 'createdAt', 'updatedAt']

/** When a row was made, and under which id, is not the sender's to say. */
export const keepOwnFields: CollectionBeforeOperationHook = ({
  args,
  operation,
  overrideAccess,
}) => {
  if (overrideAccess === true || (operation !== 'create' && operation !== 'update')) return
  const { data } = args as { data?: unknown }
  if (typeof data !== 'object' || data === null) return
  for (const name of OWN) Reflect.deleteProperty(data, name)
}
