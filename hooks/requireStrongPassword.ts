import { type CollectionBeforeOperationHook, ValidationError } from 'payload'

const SHORTEST = 8
const OPERATIONS = ['create', 'update', 'resetPassword']

/**
 * Payload accepts three characters; these accounts lead to money. Looked at where it is sent:
 * when a password is reset, Payload shows its later hooks the person, and not the password.
 */
export const requireStrongPassword: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (!OPERATIONS.includes(operation)) return
  const { data } = args as { data?: { password?: unknown } | null }
  const password = data?.password
  if (password === undefined || password === null) return
  if (typeof password === 'string' && password.trim().length >= SHORTEST) return
  throw new ValidationError(
    { errors: [{ path: 'password', message: `Use at least ${SHORTEST} characters.` }] },
    req.t,
  )
}
