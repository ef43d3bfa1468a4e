import type { Endpoint } from 'payload'
import { z } from 'zod'

import { now } from '../../../src/clock.ts'
import { inTransaction } from '../../../src/ledger/inTransaction.ts'
import { decideAssignment as decide } from '../../../src/orphans/decideAssignment.ts'
import { requireFinance } from '../../requireFinance.ts'
import { routeId } from '../../routeId.ts'
import { valuesIn } from '../../valuesIn.ts'

const Body = z.object({
  reason: z.string('Give a text.').trim().max(500, 'At most 500 characters.').nullish(),
})

/**
 * `POST /api/sale-assignments/:id/approve` and `…/reject` `{reason?}`: the second person's word.
 * Never that of who asked for it, nor of whom it is for.
 */
export const decideAssignment = (verb: 'approve' | 'reject'): Endpoint => ({
  path: `/:id/${verb}`,
  method: 'post',
  handler: async (req) => {
    const by = requireFinance(req)
    const assignment = routeId(req)
    const { reason } = await valuesIn(req, Body)
    const deciding = { assignment, verb, reason: reason || null, by, now: now() }
    return Response.json(await inTransaction(req, () => decide(req, deciding)))
  },
})
