import type { PayloadRequest } from 'payload'

import { isFinance, isStaff, roleOf } from '../../collections/access.ts'
import { DomainError } from '../../src/domain/errors.ts'

/**
 * Returns the signed-in person's id. A machine with an API key is no person: it has no wallet.
 *
 * @throws DomainError `auth.required`
 */
export const requireMember = (req: PayloadRequest): string => {
  if (req.user?.collection !== 'users') {
    throw new DomainError('auth.required', 'Sign in to do this.')
  }
  return req.user.id
}

/**
 * Returns the id of the signed-in person, who must be staff.
 *
 * @throws DomainError `auth.required`, `auth.forbidden`
 */
export const requireStaff = (req: PayloadRequest): string => {
  const id = requireMember(req)
  if (!isStaff(req)) throw new DomainError('auth.forbidden', 'This is for the staff.')
  return id
}

/**
 * Returns the id of the signed-in person, who must be finance or an admin.
 *
 * @throws DomainError `auth.required`, `auth.forbidden`
 */
export const requireFinance = (req: PayloadRequest): string => {
  const id = requireMember(req)
  if (!isFinance(req)) throw new DomainError('auth.forbidden', 'Ask finance to do this.')
  return id
}

/**
 * Returns the id of the signed-in person, who must be an admin.
 *
 * @throws DomainError `auth.required`, `auth.forbidden`
 */
export const requireAdmin = (req: PayloadRequest): string => {
  const id = requireMember(req)
  if (roleOf(req) !== 'admin') throw new DomainError('auth.forbidden', 'Ask an admin to do this.')
  return id
}
