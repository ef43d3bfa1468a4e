import type { Endpoint } from 'payload'
import { z } from 'zod'

import { inTransaction } from '../../../../src/database/inTransaction.ts'
import { removeMethod as remove } from '../../../../src/payouts/methods/removeMethod.ts'
import { now } from '../../../../src/platform/clock.ts'
import { readBody } from '../../../http/readBody.ts'
import { requireMember } from '../../../http/requireRole.ts'
import { routeId } from '../../../http/routeId.ts'
import { limitPayouts } from '../limitPayouts.ts'

const Body = z.object({})

/** `POST /api/payout-methods/:id/remove` `{}`: a member removes one of the own methods. */
export const removeMethod = ({
  rateLimitFactor,
}: {
  rateLimitFactor: number | null
}): Endpoint => ({
  path: '/:id/remove',
  method: 'post',
  handler: async (req) => {
    const member = requireMember(req)
    const id = routeId(req)
    await readBody(req, Body)
    await limitPayouts(req, { what: 'methods', member, factor: rateLimitFactor })
    await inTransaction(req, () => remove(req, { id, member, now: now() }))
    return Response.json({ id, status: 'removed' })
  },
})
