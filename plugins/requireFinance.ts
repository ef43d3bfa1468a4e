import type { PayloadRequest } from 'payload'

import { isFinance } from '../collections/access.ts'
import { DomainError } from '../src/domain/errors.ts'
import { requireMember } from './requireMember.ts'

/**
 * The id of the signed-in person, who may move money by hand: finance or an admin.
 *
 * @throws DomainError `auth.required`, `auth.forbidden`
 */
export const requireFinance = (req: PayloadRequest): string => {
  const id = requireMember(req)
  if (!isFinance(req)) throw new DomainError('auth.forbidden', 'Ask finance to do this.')
  return id
}
