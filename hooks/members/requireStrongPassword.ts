import { type CollectionBeforeOperationHook, ValidationError } from 'payload'

const MIN_LENGTH = 8
const OPERATIONS = ['create', 'update', 'resetPassword']

/**
 * Requires a password of 8 characters: Payload accepts three, and these accounts hold money. It
 * checks the operation's input, because the later hooks of a password reset get no password.
 */
export const requireStrongPassword: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (!OPERATIONS.includes(operation)) return
  const { data } = args as { data?: { password?: unknown } | null }
  const password = data?.password
  if (password === undefined || password === null) return
  if (typeof password === 'string' && password.trim().length >= MIN_LENGTH) return
  throw new ValidationError(
    { errors: [{ path: 'password', message: `Use at least ${MIN_LENGTH} characters.` }] },
    req.t,
  )
}
