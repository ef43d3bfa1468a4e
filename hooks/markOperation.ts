import type { CollectionBeforeOperationHook } from 'payload'

/** Notes what a request does to a person, for the database to know what of the row it may write. */
export const markOperation: CollectionBeforeOperationHook = ({ operation, req }) => {
  req.context.operationOnPeople = operation
}
