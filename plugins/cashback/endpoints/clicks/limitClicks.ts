import type { PayloadRequest } from 'payload'

import type { Limit } from '../../../../src/platform/rateLimiters.ts'
import { enforceRateLimit, ipPrefix } from '../../../requestSafety/enforceRateLimit.ts'

const MINUTE = 60
/** The server of a members' app has one address for all of them. */
const ADDRESS: Limit = { name: 'click-address', points: 6_000, seconds: MINUTE }
/** As at `/out`: people make fewer. */
const ACCOUNT: Limit = { name: 'click-account', points: 60, seconds: MINUTE }

/**
 * Limits the clicks and click tokens of a member, and of a client address, over the API. A null
 * factor switches the limit off.
 *
 * @throws DomainError `request.too-many`; the response has `Retry-After`
 */
export const limitClicks = async (
  req: PayloadRequest,
  { factor, member }: { member: string; factor: number | null },
): Promise<void> => {
  if (factor === null) return
  await enforceRateLimit(req, { ...ADDRESS, key: ipPrefix(req), factor })
  await enforceRateLimit(req, { ...ACCOUNT, key: member, factor })
}
