import type { Endpoint } from 'payload'

import { inTransaction } from '../../../src/database/inTransaction.ts'
import { LANES } from '../../../src/messaging/types.ts'
import { setLanePaused } from '../../../src/operations/setLanePaused.ts'
import { notFound } from '../../http/notFound.ts'
import { requireAdmin } from '../../http/requireRole.ts'

/**
 * `POST /api/v1/queue/lanes/:lane/pause` and `…/resume`, for admins. Messages of a paused lane
 * wait; those that are being sent are finished. `X-Audit-Reason` gives the reason.
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
