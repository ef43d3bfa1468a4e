import type { Endpoint } from 'payload'
import { z } from 'zod'

import { OTP } from '../../../../src/domain/messaging/otp.ts'
import { sendMethodCode as send } from '../../../../src/payouts/methods/sendMethodCode.ts'
import { now } from '../../../../src/platform/clock.ts'
import { readBody } from '../../../http/readBody.ts'
import { requireMember } from '../../../http/requireRole.ts'
import { routeId } from '../../../http/routeId.ts'
import { limitCodes } from '../../../messaging/endpoints/limitCodes.ts'

const Body = z.object({})

/**
 * `POST /api/payout-methods/:id/send-code` `{}`: sends the code that confirms a method to the
 * member's confirmed phone, or to the confirmed e-mail address of a member without one.
 */
export const sendMethodCode = ({
  rateLimitFactor,
}: {
  rateLimitFactor: number | null
}): Endpoint => ({
  path: '/:id/send-code',
  method: 'post',
  handler: async (req) => {
    const member = requireMember(req)
    const id = routeId(req)
    await readBody(req, Body)
    const sent = await send(req, {
      id,
      member,
      now: now(),
      limit: ({ value }) =>
        limitCodes(req, { userId: member, phone: value, factor: rateLimitFactor }),
    })
    return Response.json({ ...sent, tries: OTP.tries })
  },
})
