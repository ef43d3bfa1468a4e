import type { PayloadRequest } from 'payload'

import type { Limit } from '../../../../src/platform/rateLimiters.ts'
import { enforceRateLimit, ipPrefix } from '../../../requestSafety/enforceRateLimit.ts'

const HOUR = 3_600

const LIMITS = {
  requests: {
    address: { name: 'withdrawal-address', points: 120, seconds: HOUR },
    account: { name: 'withdrawal-account', points: 30, seconds: HOUR },
  },
  quotes: {
    address: { name: 'quote-address', points: 1_200, seconds: HOUR },
    account: { name: 'quote-account', points: 300, seconds: HOUR },
  },
} satisfies Record<string, Record<string, Limit>>

/**
 * Limits requests and quotes per client address and per account, refused ones included. A null factor
 * switches the limit off.
 *
 * @throws DomainError `request.too-many`; the response has `Retry-After`
 */
export const limitWithdrawals = async (
  req: PayloadRequest,
  { factor, member, what }: { what: keyof typeof LIMITS; member: string; factor: number | null },
): Promise<void> => {
  if (factor === null) return
  await enforceRateLimit(req, { ...LIMITS[what].address, key: ipPrefix(req), factor })
  await enforceRateLimit(req, { ...LIMITS[what].account, key: member, factor })
}
