import type { CollectionBeforeOperationHook } from 'payload'

/**
 * Drops `select` from a write, so that its hooks get the whole document. Payload would cut the
 * document to the selected fields before its hooks run, and the sender would choose what they see.
 */
export const dropSelect: CollectionBeforeOperationHook = ({ args, operation }) => {
  if (operation !== 'create' && operation !== 'update') return args
  Reflect.deleteProperty(args, 'select')
  return args
}
