import type { Endpoint } from 'payload'

import { inTransaction } from '../../../../src/database/inTransaction.ts'
import { cancelWithdrawal as cancel } from '../../../../src/payouts/withdrawals/stopWithdrawal.ts'
import { now } from '../../../../src/platform/clock.ts'
import { requireMember } from '../../../http/requireRole.ts'
import { routeId } from '../../../http/routeId.ts'

/** `POST /api/withdrawals/:id/cancel`: a member takes back a request that is not approved yet. */
export const cancelWithdrawal: Endpoint = {
  path: '/:id/cancel',
  method: 'post',
  handler: async (req) => {
    const member = requireMember(req)
    const id = routeId(req)
    await inTransaction(req, () => cancel(req, { id, member, now: now() }))
    return Response.json({ id, status: 'cancelled' })
  },
}
