import { type CollectionBeforeOperationHook, ValidationError } from 'payload'

const TEXTS = ['email', 'name', 'phone', 'referralCode']

/** Requires texts in the fields that hooks use as text. Payload validates only after the hooks. */
export const requireTexts: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (operation !== 'create' && operation !== 'update') return
  const { data } = args as { data?: Record<string, unknown> | null }
  const path = TEXTS.find((name) => {
    const value = data?.[name]
    return value !== undefined && value !== null && typeof value !== 'string'
  })
  if (!path) return
  throw new ValidationError({ errors: [{ path, message: 'Send a text.' }] }, req.t)
}
