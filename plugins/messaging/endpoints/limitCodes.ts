import type { PayloadRequest } from 'payload'

import type { Limit } from '../../../src/platform/rateLimiters.ts'
import { digestText, enforceRateLimit, ipPrefix } from '../../requestSafety/enforceRateLimit.ts'

type CodeRequest = { userId: string; phone: string; factor: number | null }

const HOUR = 3_600

const SENDING = {
  address: { name: 'otp-address', points: 30, seconds: HOUR },
  account: { name: 'otp-account', points: 6, seconds: HOUR },
  phone: { name: 'otp-phone', points: 5, seconds: HOUR },
} satisfies Record<string, Limit>

const ENTERING = {
  address: { name: 'otp-verify-address', points: 150, seconds: HOUR },
  account: { name: 'otp-verify-account', points: 30, seconds: HOUR },
} satisfies Record<string, Limit>

/**
 * Limits how often codes are sent: per client address, per account, and per number across all
 * accounts. So no phone is flooded, and all accounts together have at most 25 guesses an hour for
 * one number.
 *
 * @throws DomainError `request.too-many`; the response has `Retry-After`
 */
export const limitCodes = async (
  req: PayloadRequest,
  { factor, phone, userId }: CodeRequest,
): Promise<void> => {
  if (factor === null) return
  await enforceRateLimit(req, { ...SENDING.address, key: ipPrefix(req), factor })
  await enforceRateLimit(req, { ...SENDING.account, key: userId, factor })
  await enforceRateLimit(req, { ...SENDING.phone, key: digestText(phone), factor })
}

/**
 * Limits how often codes are entered: per client address and per account.
 *
 * @throws DomainError `request.too-many`; the response has `Retry-After`
 */
export const limitGuesses = async (
  req: PayloadRequest,
  { factor, userId }: Omit<CodeRequest, 'phone'>,
): Promise<void> => {
  if (factor === null) return
  await enforceRateLimit(req, { ...ENTERING.address, key: ipPrefix(req), factor })
  await enforceRateLimit(req, { ...ENTERING.account, key: userId, factor })
}
