import type { PayloadRequest } from 'payload'

import type { Limit } from '../../../src/platform/rateLimiters.ts'
import { enforceRateLimit, ipPrefix } from '../../requestSafety/enforceRateLimit.ts'

const HOUR = 3_600
const SENDING: Limit = { name: 'email-links', points: 10, seconds: HOUR }
const OPENING: Limit = { name: 'email-confirm', points: 60, seconds: HOUR }

/**
 * Limits how many links an account sends, so that no mailbox is flooded.
 *
 * @throws DomainError `request.too-many`; the response has `Retry-After`
 */
export const limitSending = async (
  req: PayloadRequest,
  { factor, userId }: { factor: number | null; userId: string },
): Promise<void> => {
  if (factor !== null) await enforceRateLimit(req, { ...SENDING, key: userId, factor })
}

/**
 * Limits how many tokens a client address tries.
 *
 * @throws DomainError `request.too-many`; the response has `Retry-After`
 */
export const limitOpening = async (req: PayloadRequest, factor: number | null): Promise<void> => {
  if (factor !== null) await enforceRateLimit(req, { ...OPENING, key: ipPrefix(req), factor })
}
