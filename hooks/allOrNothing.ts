import { APIError, type CollectionAfterOperationHook } from 'payload'

/**
 * A bulk change succeeds whole or not at all. Payload would keep the row of a document whose hook
 * threw and only list the error, so that a cause could stay without its money. Throwing here,
 * before the commit, rolls everything back.
 */
export const allOrNothing: CollectionAfterOperationHook = ({ result }) => {
  const { errors } = (result ?? {}) as { errors?: unknown }
  if (Array.isArray(errors) && errors.length > 0) {
    const message = `${errors.length} of the documents failed; nothing was changed.`
    throw new APIError(message, 409, { code: 'bulk.rolled-back', errors })
  }
  return result
}
