import type { Endpoint } from 'payload'

import { requestLook } from '../../../../src/payouts/attempts/requestLook.ts'
import { now } from '../../../../src/platform/clock.ts'
import { requireFinance } from '../../../http/requireRole.ts'
import { routeId } from '../../../http/routeId.ts'

/**
 * `POST /api/withdrawals/:id/look-up`: asks the provider now what became of the latest attempt. Answers
 * with the status afterwards; an attempt by bank file has no provider to ask.
 */
export const lookUpWithdrawal: Endpoint = {
  path: '/:id/look-up',
  method: 'post',
  // It waits for the provider, and so without a transaction.
  custom: { answersOnce: false },
  handler: async (req) => {
    requireFinance(req)
    const id = routeId(req)
    return Response.json(await requestLook(req, { withdrawal: id, now: now() }))
  },
}
