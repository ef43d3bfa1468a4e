import type { Endpoint } from 'payload'

import { now as clockNow } from '../../../src/platform/clock.ts'
import { requireCode } from '../../../src/domain/messaging/otp.ts'
import { readDb } from '../../../src/database/readDb.ts'
import { spendTry } from '../../../src/messaging/otp/challenge.ts'
import { confirmPhone } from '../../../src/messaging/otp/confirmPhone.ts'
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
    const code = requireCode((await readJsonBody(req, ['code'])).code)
    await limitGuesses(req, { userId, factor: rateLimitFactor })
    const { encryptionKey } = findOutbox(req.payload)
    const now = clockNow()
    const use = { purpose: 'phone' } as const
    const entered = { userId, use, code, encryptionKey, now }
    const { challengeId, contact } = await spendTry(await readDb(req), entered)
    await confirmPhone(req, { challengeId, phone: contact.value, userId, now })
    return Response.json({ phone: contact.value, phoneVerifiedAt: now })
  },
})
