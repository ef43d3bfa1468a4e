import type { Endpoint } from 'payload'

import { now as clockNow } from '../../../src/platform/clock.ts'
import { DomainError } from '../../../src/domain/errors.ts'
import { normaliseOtp, OTP } from '../../../src/domain/messaging/otp.ts'
import { readDb } from '../../../src/database/readDb.ts'
import { confirmPhone, spendTry } from '../../../src/messaging/otp/phoneChallenge.ts'
import { findOutbox } from '../../../src/messaging/outbox/findOutbox.ts'
import { readJsonBody } from '../../http/readBody.ts'
import { requireMember } from '../../http/requireRole.ts'
import { limitGuesses } from './limitCodes.ts'

/**
 * `POST /api/phone/verify` `{code}`: the member enters the code, which confirms the number that it
 * was sent to. A malformed code costs no try.
 */
export const phoneVerify = ({ rateLimitFactor }: { rateLimitFactor: number | null }): Endpoint => ({
  path: '/phone/verify',
  method: 'post',
  handler: async (req) => {
    const userId = requireMember(req)
    const code = normaliseOtp((await readJsonBody(req, ['code'])).code)
    if (code === null) {
      const message = `Enter the ${OTP.digits} digits of the code, as text.`
      throw new DomainError('otp.malformed-code', message, { field: 'code' })
    }
    await limitGuesses(req, { userId, factor: rateLimitFactor })
    const { encryptionKey } = findOutbox(req.payload)
    const now = clockNow()
    const confirmed = await spendTry(await readDb(req), { userId, code, encryptionKey, now })
    await confirmPhone(req, { ...confirmed, userId, now })
    return Response.json({ phone: confirmed.phone, phoneVerifiedAt: now })
  },
})
