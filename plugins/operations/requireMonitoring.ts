import type { PayloadRequest } from 'payload'

import { bearerMatches } from '../../src/platform/bearerMatches.ts'
import { requireAdmin } from '../http/requireRole.ts'

/**
 * Requires an admin, or a monitor with the token.
 *
 * @throws DomainError `auth.required`, `auth.forbidden`
 */
export const requireMonitoring = (req: PayloadRequest, token: string | undefined): void => {
  if (!bearerMatches(req.headers.get('authorization') ?? undefined, token)) requireAdmin(req)
}
