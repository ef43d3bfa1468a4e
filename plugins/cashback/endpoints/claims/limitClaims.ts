import type { PayloadRequest } from 'payload'

import type { Limit } from '../../../../src/platform/rateLimiters.ts'
import { enforceRateLimit, ipPrefix } from '../../../requestSafety/enforceRateLimit.ts'

const HOUR = 3_600

const LIMITS = {
  claims: {
    address: { name: 'claim-address', points: 60, seconds: HOUR },
    account: { name: 'claim-account', points: 10, seconds: HOUR },
  },
  files: {
    address: { name: 'claim-file-address', points: 240, seconds: HOUR },
    account: { name: 'claim-file-account', points: 40, seconds: HOUR },
  },
} satisfies Record<string, Record<string, Limit>>

/**
 * Limits claims and uploads per client address and per account, refused ones included, so that a
 * member cannot probe which orders others have claimed. A null factor switches the limit off.
 *
 * @throws DomainError `request.too-many`; the response has `Retry-After`
 */
export const limitClaims = async (
  req: PayloadRequest,
  { factor, member, what }: { what: keyof typeof LIMITS; member: string; factor: number | null },
): Promise<void> => {
  if (factor === null) return
  await enforceRateLimit(req, { ...LIMITS[what].address, key: ipPrefix(req), factor })
  await enforceRateLimit(req, { ...LIMITS[what].account, key: member, factor })
}
