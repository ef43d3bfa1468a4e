import type { Endpoint } from 'payload'

import { inTransaction } from '../../../src/ledger/inTransaction.ts'
import { LANES } from '../../../src/messaging/types.ts'
import { setLanePaused } from '../../../src/operations/setLanePaused.ts'
import { notFound } from '../../notFound.ts'
import { requireAdmin } from '../../requireAdmin.ts'

/**
 * `POST /api/v1/queue/lanes/:lane/pause` and `…/resume`: what is written meanwhile waits, what is
 * under way is sent. An admin's; `X-Audit-Reason` says why.
 */
export const pauseLane = (verb: 'pause' | 'resume'): Endpoint => ({
  path: `/v1/queue/lanes/:lane/${verb}`,
  method: 'post',
  handler: async (req) => {
    requireAdmin(req)
    const lane = LANES.find((known) => known === req.routeParams?.lane)
    if (!lane) throw notFound()
    const isPaused = verb === 'pause'
    await inTransaction(req, () => setLanePaused({ req, lane, isPaused }))
    return Response.json({ lane, isPaused })
  },
})
