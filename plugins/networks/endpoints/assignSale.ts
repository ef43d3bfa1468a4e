import type { Endpoint } from 'payload'
import { z } from 'zod'

import { now } from '../../../src/clock.ts'
import { inTransaction } from '../../../src/ledger/inTransaction.ts'
import { assignSale as assign } from '../../../src/orphans/assignSale.ts'
import { requireFinance } from '../../requireFinance.ts'
import { routeId } from '../../routeId.ts'
import { valuesIn } from '../../valuesIn.ts'

const Body = z.object({
  member: z.guid('Give the id of a member.'),
  click: z.guid('Give the id of a click.').nullish(),
  claim: z.guid('Give the id of a claim.').nullish(),
  note: z.string('Give a text.').trim().max(500, 'At most 500 characters.').nullish(),
})

/**
 * `POST /api/network-transactions/:id/assign` `{member, click?, claim?, note?}`: gives a sale
 * without a member to one; above the limits of `finance-config` it waits for a second person.
 */
export const assignSale: Endpoint = {
  path: '/:id/assign',
  method: 'post',
  handler: async (req) => {
    const by = requireFinance(req)
    const sale = routeId(req)
    const { claim = null, click = null, member, note } = await valuesIn(req, Body)
    const asked = { sale, member, click, claim, note: note || null, by, now: now() }
    const assigned = await inTransaction(req, () => assign(req, asked))
    return Response.json(assigned, { status: 201 })
  },
}
