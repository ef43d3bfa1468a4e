import type { Endpoint } from 'payload'

import { makeClickToken } from '../../../../src/cashback/clicks/clickToken.ts'
import { now } from '../../../../src/platform/clock.ts'
import { requireMember } from '../../../http/requireRole.ts'

/** `POST /api/clicks/token`: a token for the member in links to `/out/…`, for ten minutes. */
export const createClickToken: Endpoint = {
  path: '/token',
  method: 'post',
  handler: (req) => {
    const member = requireMember(req)
    const made = makeClickToken({ member, secret: req.payload.secret, now: now() })
    return Response.json(made, { status: 201, headers: { 'Cache-Control': 'no-store' } })
  },
}
