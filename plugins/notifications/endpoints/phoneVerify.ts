import type { Endpoint } from 'payload'

import { now as clockNow } from '../../../src/clock.ts'
import { DomainError } from '../../../src/domain/errors.ts'
import { codeIn, OTP } from '../../../src/domain/otp.ts'
import { readerOf } from '../../../src/ledger/readerOf.ts'
import { confirmPhone } from '../../../src/otp/confirmPhone.ts'
import { spendTry } from '../../../src/otp/spendTry.ts'
import { outboxOf } from '../../../src/outbox/outboxOf.ts'
import { bodyOf } from '../../bodyOf.ts'
import { requireMember } from '../../requireMember.ts'
import { limitGuesses } from './limitCodes.ts'

/**
 * `POST /api/phone/verify` `{code}`: the member enters the code, and the number it was sent to is
 * theirs, confirmed. What cannot be a code at all costs no try.
 */
export const phoneVerify = ({ rateLimitFactor }: { rateLimitFactor: number | null }): Endpoint => ({
  path: '/phone/verify',
  method: 'post',
  handler: async (req) => {
    const userId = requireMember(req)
    const code = codeIn((await bodyOf(req, ['code'])).code)
    if (code === null) {
      const words = `Enter the ${OTP.digits} digits of the code, as text.`
      throw new DomainError('otp.malformed-code', words, { field: 'code' })
    }
    await limitGuesses(req, { userId, factor: rateLimitFactor })
    const { encryptionKey } = outboxOf(req.payload)
    const now = clockNow()
    const proved = await spendTry(await readerOf(req), { userId, code, encryptionKey, now })
    await confirmPhone(req, { ...proved, userId, now })
    return Response.json({ phone: proved.phone, phoneVerifiedAt: now })
  },
})
