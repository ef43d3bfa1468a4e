import type { Endpoint } from 'payload'

import { now } from '../../../src/clock.ts'
import { inTransaction } from '../../../src/ledger/inTransaction.ts'
import { discardDeadLetter } from '../../../src/outbox/deadLetters.ts'
import { bodyOf } from '../../bodyOf.ts'
import { requireAdmin } from '../../requireAdmin.ts'
import { reasonIn } from '../../reasonIn.ts'
import { routeId } from '../../routeId.ts'

/** `POST /api/notifications/:id/discard` `{reason}`: an admin gives a dead letter up. */
export const discard: Endpoint = {
  path: '/:id/discard',
  method: 'post',
  handler: async (req) => {
    requireAdmin(req)
    const id = routeId(req)
    const reason = reasonIn(await bodyOf(req, ['reason']))
    await inTransaction(req, () => discardDeadLetter({ req, id, reason, now: now() }))
    return Response.json({ id, status: 'discarded' })
  },
}
