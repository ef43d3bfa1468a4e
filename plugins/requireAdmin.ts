import type { PayloadRequest } from 'payload'

import { roleOf } from '../collections/access.ts'
import { DomainError } from '../src/domain/errors.ts'
import { requireMember } from './requireMember.ts'

/**
 * The signed-in admin's id.
 *
 * @throws DomainError `auth.required`, `auth.forbidden`
 */
export const requireAdmin = (req: PayloadRequest): string => {
  const id = requireMember(req)
  if (roleOf(req) !== 'admin') throw new DomainError('auth.forbidden', 'Ask an admin to do this.')
  return id
}
