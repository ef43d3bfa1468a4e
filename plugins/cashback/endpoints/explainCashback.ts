import type { Endpoint, PayloadRequest } from 'payload'

import { isStaff } from '../../../collections/access.ts'
import { explainCashback } from '../../../src/domain/cashback/explainCashback.ts'
import { loadCashbackStory } from '../../../src/cashback/ingestion/loadCashbackStory.ts'
import { notFound } from '../../http/notFound.ts'
import { requireMember } from '../../http/requireRole.ts'
import { routeId } from '../../http/routeId.ts'

/**
 * `GET /api/cashback-events/:id/explain`: explains the cashback of an order, as a sentence and as
 * data. For staff and for its member; everyone else gets 404.
 */
export const explainCashbackEvent: Endpoint = {
  path: '/:id/explain',
  method: 'get',
  handler: async (req) => Response.json(await explainEvent(req, routeId(req))),
}

/**
 * Builds the response of this route, and of the route that explains a transfer of the event.
 *
 * @throws DomainError `auth.required`, `request.not-found`
 */
export const explainEvent = async (req: PayloadRequest, eventId: string) => {
  const memberId = requireMember(req)
  const story = await loadCashbackStory(req, eventId)
  if (!story || !(isStaff(req) || story.member.id === memberId)) throw notFound()

  const { cashback, transfers } = story
  const { amountMinor, creditedMinor, currency, merchantName, rate, status } = cashback
  const answer = { status, merchantName, amountMinor, creditedMinor, currency, rate }
  const moves = transfers.map(({ amountMinor: moved, at, id, kind }) => ({
    id,
    kind,
    at,
    amountMinor: moved,
  }))
  if (!isStaff(req)) {
    return { ...answer, transfers: moves, words: explainCashback(cashback, { is: 'member' }) }
  }
  const { click, autoApprovedAt, member, network, transaction, trackedAt } = story
  return {
    ...answer,
    transfers: moves,
    words: explainCashback(cashback, {
      is: 'staff',
      memberName: member.name,
      networkName: network.name,
    }),
    member,
    network,
    transaction: { ...cashback.transaction, ...transaction },
    click,
    hold: cashback.hold,
    autoApprovedAt,
    trackedAt,
  }
}
