import type { Endpoint } from 'payload'

import { now } from '../../../src/clock.ts'
import { inTransaction } from '../../../src/ledger/inTransaction.ts'
import { retryDeadLetter } from '../../../src/outbox/deadLetters.ts'
import { requireAdmin } from '../../requireAdmin.ts'
import { routeId } from '../../routeId.ts'

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
