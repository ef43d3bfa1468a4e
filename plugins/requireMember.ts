import type { PayloadRequest } from 'payload'

import { DomainError } from '../src/domain/errors.ts'

/**
 * The signed-in person's id. Machines are not persons: an API key has no wallet and no code.
 *
 * @throws DomainError `auth.required`
 */
export const requireMember = (req: PayloadRequest): string => {
  if (req.user?.collection !== 'users') {
    throw new DomainError('auth.required', 'Sign in to do this.')
  }
  return req.user.id
}
