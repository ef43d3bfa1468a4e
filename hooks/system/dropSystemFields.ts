import type { CollectionBeforeOperationHook, GlobalBeforeOperationHook } from 'payload'

/** Fields that the system sets. Payload would let a sender date a row. */
const SYSTEM_FIELDS = ['id', 'createdAt', 'updatedAt']

/** Drops a row's id and dates from what a sender wants to write. */
export const dropSystemFields: CollectionBeforeOperationHook = ({
  args,
  operation,
  overrideAccess,
}) => {
  if (overrideAccess === true || (operation !== 'create' && operation !== 'update')) return
  drop((args as { data?: unknown }).data)
}

/** As `dropSystemFields`, for a global. */
export const dropGlobalSystemFields: GlobalBeforeOperationHook = ({ args, overrideAccess }) => {
  if (overrideAccess !== true) drop((args as { data?: unknown } | undefined)?.data)
}

const drop = (data: unknown): void => {
  if (typeof data !== 'object' || data === null) return
  for (const name of SYSTEM_FIELDS) Reflect.deleteProperty(data, name)
}
