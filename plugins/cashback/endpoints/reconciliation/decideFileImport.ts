import type { Endpoint } from 'payload'

import { now } from '../../../../src/platform/clock.ts'
import { inTransaction } from '../../../../src/database/inTransaction.ts'
import { decideFileImport as decide } from '../../../../src/cashback/ingestion/holds/decideFileImport.ts'
import { readJsonBody } from '../../../http/readBody.ts'
import { requireReason } from '../../../http/requireReason.ts'
import { requireFinance } from '../../../http/requireRole.ts'
import { routeId } from '../../../http/routeId.ts'

/**
 * `POST /api/file-imports/:id/approve` and `…/reject` `{reason}`: the second person's decision on
 * the credits that an import holds.
 */
export const decideFileImport = (verb: 'approve' | 'reject'): Endpoint => ({
  path: `/:id/${verb}`,
  method: 'post',
  handler: async (req) => {
    const by = requireFinance(req)
    const fileImport = routeId(req)
    const reason = requireReason(await readJsonBody(req, ['reason']))
    const decision = { fileImport, verb, reason, by, now: now() }
    return Response.json(await inTransaction(req, () => decide(req, decision)))
  },
})
