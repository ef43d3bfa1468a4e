import type { Endpoint } from 'payload'

import { notFound } from '../../notFound.ts'
import { requireMember } from '../../requireMember.ts'
import { routeId } from '../../routeId.ts'
import { explainEvent } from '../../networks/endpoints/explainCashback.ts'
import { explainDecision } from './explainPayment.ts'

/**
 * `GET /api/wallet-transactions/:id/explain`: the decision behind a transfer. For staff and for
 * the owner of a wallet it touches.
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
    const { amountMinor, cashbackEvent, currency, kind, payment, postedAt } = transfer
    const told = { transfer: { kind, amountMinor, currency, postedAt } }
    if (typeof cashbackEvent === 'string') {
      return Response.json({ ...(await explainEvent(req, cashbackEvent)), ...told })
    }
    return typeof payment === 'string'
      ? Response.json({ ...(await explainDecision(req, payment)), ...told })
      : Response.json({ ...told, words: transfer.reason ?? 'No reason was stored.' })
  },
}
