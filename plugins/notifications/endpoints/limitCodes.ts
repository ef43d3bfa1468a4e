import type { PayloadRequest } from 'payload'

import type { Limit } from '../../../src/rateLimiters.ts'
import { digestOf } from '../../requestSafety/digestOf.ts'
import { holdToLimit } from '../../requestSafety/holdToLimit.ts'
import { networkOf } from '../../requestSafety/networkOf.ts'

type Asking = { userId: string; phone: string; factor: number | null }

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
 * Slows down whoever has codes sent: per client address, per account, and per number, whichever
 * accounts ask. So nobody's phone is flooded, and no number gets more than 25 guesses an hour from
 * all accounts together.
 *
 * @throws DomainError `request.too-many`; the answer has `Retry-After`
 */
export const limitCodes = async (
  req: PayloadRequest,
  { factor, phone, userId }: Asking,
): Promise<void> => {
  if (factor === null) return
  await holdToLimit(req, { ...SENDING.address, key: networkOf(req), factor })
  await holdToLimit(req, { ...SENDING.account, key: userId, factor })
  await holdToLimit(req, { ...SENDING.phone, key: digestOf(phone), factor })
}

/**
 * Slows down whoever enters codes: per client address and per account.
 *
 * @throws DomainError `request.too-many`; the answer has `Retry-After`
 */
export const limitGuesses = async (
  req: PayloadRequest,
  { factor, userId }: Omit<Asking, 'phone'>,
): Promise<void> => {
  if (factor === null) return
  await holdToLimit(req, { ...ENTERING.address, key: networkOf(req), factor })
  await holdToLimit(req, { ...ENTERING.account, key: userId, factor })
}
