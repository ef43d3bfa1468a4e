import type { Endpoint } from 'payload'

import { requireCode } from '../../../../src/domain/messaging/otp.ts'
import { confirmMethod as confirm } from '../../../../src/payouts/methods/confirmMethod.ts'
import { now } from '../../../../src/platform/clock.ts'
import { readJsonBody } from '../../../http/readBody.ts'
import { requireMember } from '../../../http/requireRole.ts'
import { routeId } from '../../../http/routeId.ts'
import { limitGuesses } from '../../../messaging/endpoints/limitCodes.ts'

/**
 * `POST /api/payout-methods/:id/confirm` `{code}`: the member enters the code of a method. The answer
 * names the time from which withdrawals can be requested to it. A malformed code costs no try.
 */
export const confirmMethod = ({
  rateLimitFactor,
}: {
  rateLimitFactor: number | null
}): Endpoint => ({
  path: '/:id/confirm',
  method: 'post',
  handler: async (req) => {
    const member = requireMember(req)
    const id = routeId(req)
    const code = requireCode((await readJsonBody(req, ['code'])).code)
    await limitGuesses(req, { userId: member, factor: rateLimitFactor })
    const { usableFrom } = await confirm(req, { id, member, code, now: now() })
    return Response.json({ id, status: 'active', usableFrom })
  },
})
