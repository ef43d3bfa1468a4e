import { type CollectionBeforeValidateHook, ValidationError } from 'payload'

const SHORTEST = 8

/** Payload accepts three characters; these accounts lead to money. */
export const requireStrongPassword: CollectionBeforeValidateHook = ({ data, req }) => {
  const password: unknown = data?.password
  if (typeof password !== 'string' || password.length >= SHORTEST) return data
  throw new ValidationError(
    { errors: [{ path: 'password', message: `Use at least ${SHORTEST} characters.` }] },
    req.t,
  )
}
