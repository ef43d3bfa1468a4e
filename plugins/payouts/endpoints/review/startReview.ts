import type { Endpoint } from 'payload'
import { z } from 'zod'

import { inTransaction } from '../../../../src/database/inTransaction.ts'
import { startReview as start } from '../../../../src/payouts/review.ts'
import { now } from '../../../../src/platform/clock.ts'
import { readBody } from '../../../http/readBody.ts'
import { requireReason } from '../../../http/requireReason.ts'
import { requireStaff } from '../../../http/requireRole.ts'
import { routeId } from '../../../http/routeId.ts'

const until = 'Give a time such as 2026-12-31T12:00:00Z.'
const Body = z.object({
  reason: z.unknown().optional(),
  until: z.iso.datetime({ offset: true, error: until }).transform((text) => new Date(text)),
  owner: z.guid('Give the id of a person of staff.').nullish(),
})

/**
 * `POST /api/users/:id/review` `{reason, until, owner?}`: staff, support included, puts a member
 * under review, or changes the review. The sender is the owner by default. Audited.
 */
export const startReview: Endpoint = {
  path: '/:id/review',
  method: 'post',
  handler: async (req) => {
    const by = requireStaff(req)
    const member = routeId(req)
    const { owner, until, ...body } = await readBody(req, Body)
    const reason = requireReason(body)
    const review = { member, reason, until, owner: owner ?? by, by, now: now() }
    await inTransaction(req, () => start(req, review))
    return Response.json({ member, until, owner: review.owner })
  },
}
