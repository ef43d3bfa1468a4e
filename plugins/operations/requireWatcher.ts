import type { PayloadRequest } from 'payload'

import { bearerMatches } from '../../src/bearerMatches.ts'
import { requireAdmin } from '../requireAdmin.ts'

/**
 * Lets in who watches the product: an admin, or a monitor with the token.
 *
 * @throws DomainError `auth.required`, `auth.forbidden`
 */
export const requireWatcher = (req: PayloadRequest, token: string | undefined): void => {
  if (!bearerMatches(req.headers.get('authorization') ?? undefined, token)) requireAdmin(req)
}
