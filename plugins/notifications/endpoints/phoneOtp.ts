import type { Endpoint, PayloadRequest } from 'payload'

import { now } from '../../../src/clock.ts'
import { DomainError } from '../../../src/domain/errors.ts'
import { maskPhone } from '../../../src/domain/identity.ts'
import { OTP } from '../../../src/domain/otp.ts'
import { startChallenge } from '../../../src/otp/startChallenge.ts'
import { phoneNumber } from '../../../src/phoneNumber.ts'
import { bodyOf } from '../../bodyOf.ts'
import { requireMember } from '../../requireMember.ts'
import { limitCodes } from './limitCodes.ts'

/**
 * `POST /api/phone/otp` `{phone?}`: sends a code to a number that is to become the member's, or
 * without one to the number of the account. A number that another account has confirmed gets a code
 * as well, with the same answer: whoever then enters it holds the phone, and the number becomes
 * theirs (`confirmPhone` says what becomes of the other account's).
 */
export const phoneOtp = ({ rateLimitFactor }: { rateLimitFactor: number | null }): Endpoint => ({
  path: '/phone/otp',
  method: 'post',
  handler: async (req) => {
    const userId = requireMember(req)
    const phone = phoneIn(await bodyOf(req, ['phone']), req)
    await limitCodes(req, { userId, phone, factor: rateLimitFactor })
    const expiresAt = await startChallenge(req, { userId, phone, now: now() })
    return Response.json({ sentTo: maskPhone(phone), expiresAt, tries: OTP.tries })
  },
})

const phoneIn = (body: { phone?: unknown }, { user }: PayloadRequest): string => {
  const own = user?.collection === 'users' ? user.phone : undefined
  const given = body.phone ?? own ?? ''
  const phone = typeof given === 'string' && given.length <= 40 ? phoneNumber(given) : null
  if (phone !== null) return phone
  throw new DomainError('otp.no-phone', 'Enter a valid phone number, such as +91 98765 43210.', {
    field: 'phone',
  })
}
