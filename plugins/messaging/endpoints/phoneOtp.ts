import type { Endpoint, PayloadRequest } from 'payload'

import { requireCurrentPassword } from '../../../hooks/members/guardCredentials.ts'
import { now } from '../../../src/platform/clock.ts'
import { DomainError } from '../../../src/domain/errors.ts'
import { maskPhone } from '../../../src/domain/members/identity.ts'
import { OTP } from '../../../src/domain/messaging/otp.ts'
import { startChallenge } from '../../../src/messaging/otp/challenge.ts'
import { otp } from '../../../src/messaging/templates/otp.ts'
import { parsePhoneNumber } from '../../../src/domain/members/parsePhoneNumber.ts'
import { readJsonBody } from '../../http/readBody.ts'
import { requireMember } from '../../http/requireRole.ts'
import { limitCodes } from './limitCodes.ts'

/**
 * `POST /api/phone/otp` `{phone?, currentPassword?}`: sends a code to the number that the member
 * wants to confirm; by default the number of the account. Replacing a confirmed number takes the
 * current password: a stranger at a browser that is signed in must not receive later codes. A
 * number that another account has confirmed gets a code too, with the same response: the member who
 * enters it holds the phone and gets the number (see `confirmPhone` for the other account).
 */
export const phoneOtp = ({ rateLimitFactor }: { rateLimitFactor: number | null }): Endpoint => ({
  path: '/phone/otp',
  method: 'post',
  handler: async (req) => {
    const userId = requireMember(req)
    const body = await readJsonBody(req, ['phone', 'currentPassword'])
    const phone = readPhone(body, req)
    if (isReplacement(phone, req)) {
      await requireCurrentPassword(req, userId, body.currentPassword)
    }
    await limitCodes(req, { userId, phone, factor: rateLimitFactor })
    const expiresAt = await startChallenge(req, {
      userId,
      use: { purpose: 'phone' },
      contact: { kind: 'phone', value: phone },
      message: (code) => ({ template: otp, data: { code } }),
      now: now(),
    })
    return Response.json({ sentTo: maskPhone(phone), expiresAt, tries: OTP.tries })
  },
})

const readPhone = (body: { phone?: unknown }, { user }: PayloadRequest): string => {
  const own = user?.collection === 'users' ? user.phone : undefined
  const given = body.phone ?? own ?? ''
  const phone = typeof given === 'string' && given.length <= 40 ? parsePhoneNumber(given) : null
  if (phone !== null) return phone
  throw new DomainError('otp.no-phone', 'Enter a valid phone number, such as +91 98765 43210.', {
    field: 'phone',
  })
}

const isReplacement = (phone: string, { user }: PayloadRequest): boolean =>
  user?.collection === 'users' && Boolean(user.phoneVerifiedAt) && user.phone !== phone
