import type { Endpoint } from 'payload'

import { now } from '../../../src/platform/clock.ts'
import { inTransaction } from '../../../src/database/inTransaction.ts'
import { discardDeadLetter } from '../../../src/messaging/outbox/deadLetters.ts'
import { readJsonBody } from '../../http/readBody.ts'
import { requireAdmin } from '../../http/requireRole.ts'
import { requireReason } from '../../http/requireReason.ts'
import { routeId } from '../../http/routeId.ts'

/** `POST /api/notifications/:id/discard` `{reason}`: an admin discards a dead letter. */
export const discard: Endpoint = {
  path: '/:id/discard',
  method: 'post',
  handler: async (req) => {
    requireAdmin(req)
    const id = routeId(req)
    const reason = requireReason(await readJsonBody(req, ['reason']))
    await inTransaction(req, () => discardDeadLetter({ req, id, reason, now: now() }))
    return Response.json({ id, status: 'discarded' })
  },
}
