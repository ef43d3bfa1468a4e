import type { PayloadRequest } from 'payload'

import { isStaff } from '../collections/access.ts'
import { DomainError } from '../src/domain/errors.ts'
import { requireMember } from './requireMember.ts'

/**
 * The id of the signed-in person, who works for the operator.
 *
 * @throws DomainError `auth.required`, `auth.forbidden`
 */
export const requireStaff = (req: PayloadRequest): string => {
  const id = requireMember(req)
  if (!isStaff(req)) throw new DomainError('auth.forbidden', 'This is for the staff.')
  return id
}
