import type { Endpoint, PayloadRequest } from 'payload'

import { now } from '../../../src/clock.ts'
import { inTransaction } from '../../../src/ledger/inTransaction.ts'
import { settleByHand } from '../../../src/sync/settleByHand.ts'
import { bodyOf } from '../../bodyOf.ts'
import { notFound } from '../../notFound.ts'
import { reasonIn } from '../../reasonIn.ts'
import { requireFinance } from '../../requireFinance.ts'
import { routeId } from '../../routeId.ts'

/**
 * `POST /api/quarantined-rows/:id/settle` `{reason}`: finance says that nothing is left to do about
 * a row that could not be read.
 */
export const settleRow: Endpoint = {
  path: '/:id/settle',
  method: 'post',
  handler: async (req) => {
    const by = requireFinance(req)
    const row = routeId(req)
    const reason = reasonIn(await bodyOf(req, ['reason']))
    await inTransaction(req, async () => {
      await mustExist(req, row)
      await settleByHand(req, { row, reason, by, now: now() })
    })
    return Response.json({ id: row, settledBy: 'person' })
  },
}

const mustExist = async (req: PayloadRequest, id: string): Promise<void> => {
  const { totalDocs } = await req.payload.count({
    collection: 'quarantined-rows',
    where: { id: { equals: id } },
    overrideAccess: false,
    user: req.user,
    req,
  })
  if (totalDocs === 0) throw notFound()
}
