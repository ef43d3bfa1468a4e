import type { PayloadRequest } from 'payload'

import type { Limit } from '../../../src/rateLimiters.ts'
import { holdToLimit } from '../../requestSafety/holdToLimit.ts'
import { networkOf } from '../../requestSafety/networkOf.ts'

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
 * Slows down whoever claims or uploads, accepted or not: per client address and per account. So
 * nobody tries out which orders others have claimed. A null factor lifts it.
 *
 * @throws DomainError `request.too-many`; the answer has `Retry-After`
 */
export const limitClaims = async (
  req: PayloadRequest,
  { factor, member, what }: { what: keyof typeof LIMITS; member: string; factor: number | null },
): Promise<void> => {
  if (factor === null) return
  await holdToLimit(req, { ...LIMITS[what].address, key: networkOf(req), factor })
  await holdToLimit(req, { ...LIMITS[what].account, key: member, factor })
}
