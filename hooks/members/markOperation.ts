import type { CollectionBeforeOperationHook } from 'payload'

/** Stores the operation in the request: `limitAuthWrites` decides by it which columns to write. */
export const markOperation: CollectionBeforeOperationHook = ({ operation, req }) => {
  req.context.operationOnPeople = operation
}
