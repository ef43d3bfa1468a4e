import type { Endpoint } from 'payload'
import { z } from 'zod'

import { now } from '../../../../src/platform/clock.ts'
import { inTransaction } from '../../../../src/database/inTransaction.ts'
import { decideAssignment as decide } from '../../../../src/cashback/attribution/decideAssignment.ts'
import { requireFinance } from '../../../http/requireRole.ts'
import { routeId } from '../../../http/routeId.ts'
import { readBody } from '../../../http/readBody.ts'

const Body = z.object({
  amountMinor: z.int('Give the amount in minor units.').min(0, 'Not below zero.').nullish(),
  reason: z.string('Give a text.').trim().max(500, 'At most 500 characters.').nullish(),
})

/**
 * `POST /api/transaction-assignments/:id/approve` and `…/reject` `{reason?, amountMinor?}`: the
 * decision of the second person, who neither requested the assignment nor is its member.
 * `amountMinor` is the cashback that the person saw: more than this is judged again.
 */
export const decideAssignment = (verb: 'approve' | 'reject'): Endpoint => ({
  path: `/:id/${verb}`,
  method: 'post',
  handler: async (req) => {
    const by = requireFinance(req)
    const assignment = routeId(req)
    const { amountMinor = null, reason } = await readBody(req, Body)
    const decision = { assignment, verb, amountMinor, reason: reason || null, by, now: now() }
    return Response.json(await inTransaction(req, () => decide(req, decision)))
  },
})
