import type { Endpoint } from 'payload'

import { makeClickToken } from '../../../src/clicks/clickToken.ts'
import { now } from '../../../src/clock.ts'
import { requireMember } from '../../requireMember.ts'

/** `POST /api/clicks/token`: what stands for the member in links to `/out/…`, for ten minutes. */
export const makeToken: Endpoint = {
  path: '/token',
  method: 'post',
  handler: (req) => {
    const member = requireMember(req)
    const made = makeClickToken({ member, secret: req.payload.secret, now: now() })
    return Response.json(made, { status: 201, headers: { 'Cache-Control': 'no-store' } })
  },
}
