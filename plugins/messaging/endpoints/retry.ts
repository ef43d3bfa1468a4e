import type { Endpoint } from 'payload'

import { now } from '../../../src/platform/clock.ts'
import { inTransaction } from '../../../src/database/inTransaction.ts'
import { retryDeadLetter } from '../../../src/messaging/outbox/deadLetters.ts'
import { requireAdmin } from '../../http/requireRole.ts'
import { routeId } from '../../http/routeId.ts'

/** `POST /api/notifications/:id/retry`: an admin puts a dead letter back into the queue. */
export const retry: Endpoint = {
  path: '/:id/retry',
  method: 'post',
  handler: async (req) => {
    requireAdmin(req)
    const id = routeId(req)
    await inTransaction(req, () => retryDeadLetter({ req, id, now: now() }))
    return Response.json({ id, status: 'pending' })
  },
}
