import type { Endpoint } from 'payload'
import { z } from 'zod'

import { inTransaction } from '../../../../src/database/inTransaction.ts'
import { endReview as end } from '../../../../src/payouts/review.ts'
import { now } from '../../../../src/platform/clock.ts'
import { readBody } from '../../../http/readBody.ts'
import { requireReason } from '../../../http/requireReason.ts'
import { requireFinance } from '../../../http/requireRole.ts'
import { routeId } from '../../../http/routeId.ts'

const Body = z.object({ reason: z.unknown().optional() })

/** `POST /api/users/:id/end-review` `{reason}`: finance or an admin ends a review. Audited. */
export const endReview: Endpoint = {
  path: '/:id/end-review',
  method: 'post',
  handler: async (req) => {
    const by = requireFinance(req)
    const member = routeId(req)
    const reason = requireReason(await readBody(req, Body))
    await inTransaction(req, () => end(req, { member, reason, by, now: now() }))
    return Response.json({ member })
  },
}
