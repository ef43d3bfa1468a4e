import type { CollectionBeforeOperationHook } from 'payload'

/**
 * Gives the hooks of a write the whole document. Payload trims it to the fields that the sender
 * wants in the answer before it hands it to them: a sender could have chosen what they decide by.
 */
export const wholeDocument: CollectionBeforeOperationHook = ({ args, operation }) => {
  if (operation !== 'create' && operation !== 'update') return args
  Reflect.deleteProperty(args, 'select')
  return args
}
