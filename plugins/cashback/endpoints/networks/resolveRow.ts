import type { Endpoint, PayloadRequest } from 'payload'

import { now } from '../../../../src/platform/clock.ts'
import { inTransaction } from '../../../../src/database/inTransaction.ts'
import { resolveByHand } from '../../../../src/cashback/ingestion/quarantine.ts'
import { readJsonBody } from '../../../http/readBody.ts'
import { notFound } from '../../../http/notFound.ts'
import { requireReason } from '../../../http/requireReason.ts'
import { requireFinance } from '../../../http/requireRole.ts'
import { routeId } from '../../../http/routeId.ts'

/**
 * `POST /api/quarantined-rows/:id/resolve` `{reason}`: finance resolves a quarantined row that needs
 * no further action.
 */
export const resolveRow: Endpoint = {
  path: '/:id/resolve',
  method: 'post',
  handler: async (req) => {
    const by = requireFinance(req)
    const row = routeId(req)
    const reason = requireReason(await readJsonBody(req, ['reason']))
    await inTransaction(req, async () => {
      await requireRow(req, row)
      await resolveByHand(req, { row, reason, by, now: now() })
    })
    return Response.json({ id: row, resolvedBy: 'person' })
  },
}

const requireRow = async (req: PayloadRequest, id: string): Promise<void> => {
  const { totalDocs } = await req.payload.count({
    collection: 'quarantined-rows',
    where: { id: { equals: id } },
    overrideAccess: false,
    user: req.user,
    req,
  })
  if (totalDocs === 0) throw notFound()
}
