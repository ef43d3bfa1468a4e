import type { Endpoint } from 'payload'

import { makeClickToken } from '../../../../src/cashback/clicks/clickToken.ts'
import { now } from '../../../../src/platform/clock.ts'
import { requireMember } from '../../../http/requireRole.ts'
import { limitClicks } from './limitClicks.ts'

/** `POST /api/clicks/token`: a token for the member in links to `/out/…`, for ten minutes. */
export const createClickToken = ({
  rateLimitFactor,
}: {
  rateLimitFactor: number | null
}): Endpoint => ({
  path: '/token',
  method: 'post',
  handler: async (req) => {
    const member = requireMember(req)
    await limitClicks(req, { member, factor: rateLimitFactor })
    const made = makeClickToken({ member, secret: req.payload.secret, now: now() })
    return Response.json(made, { status: 201, headers: { 'Cache-Control': 'no-store' } })
  },
})
