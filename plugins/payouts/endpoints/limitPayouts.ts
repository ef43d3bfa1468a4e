import type { PayloadRequest } from 'payload'

import type { Limit } from '../../../src/platform/rateLimiters.ts'
import { enforceRateLimit, ipPrefix } from '../../requestSafety/enforceRateLimit.ts'

const HOUR = 3_600

const LIMITS = {
  methods: {
    address: { name: 'payout-method-address', points: 60, seconds: HOUR },
    account: { name: 'payout-method-account', points: 10, seconds: HOUR },
  },
  taxIds: {
    address: { name: 'tax-id-address', points: 60, seconds: HOUR },
    account: { name: 'tax-id-account', points: 10, seconds: HOUR },
  },
} satisfies Record<string, Record<string, Limit>>

/**
 * Limits how often methods are added and removed, and tax ids set, per client address and per
 * account, refused requests included: each one that succeeds sends messages. A null factor switches
 * the limit off.
 *
 * @throws DomainError `request.too-many`; the response has `Retry-After`
 */
export const limitPayouts = async (
  req: PayloadRequest,
  { factor, member, what }: { what: keyof typeof LIMITS; member: string; factor: number | null },
): Promise<void> => {
  if (factor === null) return
  await enforceRateLimit(req, { ...LIMITS[what].address, key: ipPrefix(req), factor })
  await enforceRateLimit(req, { ...LIMITS[what].account, key: member, factor })
}
