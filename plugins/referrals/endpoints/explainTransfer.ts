import type { Endpoint } from 'payload'

import { notFound } from '../../http/notFound.ts'
import { requireMember } from '../../http/requireRole.ts'
import { routeId } from '../../http/routeId.ts'
import { explainEvent } from '../../cashback/endpoints/explainCashback.ts'
import { explainOne } from '../../payouts/endpoints/withdrawals/explainWithdrawal.ts'
import { explainDecision } from './explainPayment.ts'

/**
 * `GET /api/wallet-transactions/:id/explain`: explains the decision behind a transfer. For staff
 * and for the owners of its wallets.
 */
export const explainTransfer: Endpoint = {
  path: '/:id/explain',
  method: 'get',
  handler: async (req) => {
    requireMember(req)
    const { docs } = await req.payload.find({
      collection: 'wallet-transactions',
      where: { id: { equals: routeId(req) } },
      depth: 0,
      limit: 1,
      pagination: false,
      overrideAccess: false,
      user: req.user,
      req,
    })
    const [transfer] = docs
    if (!transfer) throw notFound()
    const { amountMinor, cashbackEvent, currency, kind, payment, postedAt, withdrawal } = transfer
    const answer = { transfer: { kind, amountMinor, currency, postedAt } }
    if (typeof cashbackEvent === 'string') {
      return Response.json({ ...(await explainEvent(req, cashbackEvent)), ...answer })
    }
    if (typeof withdrawal === 'string') {
      return Response.json({ ...(await explainOne(req, withdrawal)), ...answer })
    }
    return typeof payment === 'string'
      ? Response.json({ ...(await explainDecision(req, payment)), ...answer })
      : Response.json({ ...answer, words: transfer.reason ?? 'No reason was stored.' })
  },
}
