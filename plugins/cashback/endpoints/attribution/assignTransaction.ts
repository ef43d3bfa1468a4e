import type { Endpoint } from 'payload'
import { z } from 'zod'

import { now } from '../../../../src/platform/clock.ts'
import { inTransaction } from '../../../../src/database/inTransaction.ts'
import { assignTransaction as assign } from '../../../../src/cashback/attribution/assignTransaction.ts'
import { requireFinance } from '../../../http/requireRole.ts'
import { routeId } from '../../../http/routeId.ts'
import { readBody } from '../../../http/readBody.ts'

const Body = z.object({
  member: z.guid('Give the id of a member.'),
  click: z.guid('Give the id of a click.').nullish(),
  claim: z.guid('Give the id of a claim.').nullish(),
  note: z.string('Give a text.').trim().max(500, 'At most 500 characters.').nullish(),
})

/**
 * `POST /api/network-transactions/:id/assign` `{member, click?, claim?, note?}`: finance assigns an
 * unattributed transaction to a member. Above the limits of `finance-config` the assignment waits for
 * a second person.
 */
export const assignTransaction: Endpoint = {
  path: '/:id/assign',
  method: 'post',
  handler: async (req) => {
    const by = requireFinance(req)
    const transaction = routeId(req)
    const { claim = null, click = null, member, note } = await readBody(req, Body)
    const input = { transaction, member, click, claim, note: note || null, by, now: now() }
    const result = await inTransaction(req, () => assign(req, input))
    return Response.json(result, { status: 201 })
  },
}
