import { APIError, type CollectionAfterOperationHook } from 'payload'

/**
 * Makes a bulk change succeed as a whole or not at all. When the hook of one document throws,
 * Payload keeps its row and only lists the error, so a cause could stay without its money. Throwing
 * here, before the commit, rolls everything back.
 */
export const rejectPartialBulk: CollectionAfterOperationHook = ({ result }) => {
  const { errors } = (result ?? {}) as { errors?: unknown }
  if (Array.isArray(errors) && errors.length > 0) {
    const message = `${errors.length} of the documents failed; nothing was changed.`
    throw new APIError(message, 409, { code: 'bulk.rolled-back', errors })
  }
  return result
}
