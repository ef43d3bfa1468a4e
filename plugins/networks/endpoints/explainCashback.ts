import type { Endpoint, PayloadRequest } from 'payload'

import { isStaff } from '../../../collections/access.ts'
import { explainCashback } from '../../../src/domain/explainCashback.ts'
import { loadCashbackStory } from '../../../src/sync/loadCashbackStory.ts'
import { notFound } from '../../notFound.ts'
import { requireMember } from '../../requireMember.ts'
import { routeId } from '../../routeId.ts'

/**
 * `GET /api/cashback-events/:id/explain`: why an order earned what it earned, in words and data.
 * For staff, and for the member whose it is; to everybody else it does not exist.
 */
export const explainCashbackEvent: Endpoint = {
  path: '/:id/explain',
  method: 'get',
  handler: async (req) => Response.json(await explainEvent(req, routeId(req))),
}

/** The answer of both routes that tell of cashback. @throws DomainError `request.not-found` */
export const explainEvent = async (req: PayloadRequest, eventId: string) => {
  const memberId = requireMember(req)
  const story = await loadCashbackStory(req, eventId)
  if (!story || !(isStaff(req) || story.member.id === memberId)) throw notFound()

  const { told, transfers } = story
  const { amountMinor, creditedMinor, currency, merchantName, rate, status } = told
  const answer = { status, merchantName, amountMinor, creditedMinor, currency, rate }
  const moves = transfers.map(({ amountMinor: moved, at, id, kind }) => ({
    id,
    kind,
    at,
    amountMinor: moved,
  }))
  if (!isStaff(req)) {
    return { ...answer, transfers: moves, words: explainCashback(told, { is: 'member' }) }
  }
  const { click, grantedAt, member, network, sale, trackedAt } = story
  return {
    ...answer,
    transfers: moves,
    words: explainCashback(told, {
      is: 'staff',
      memberName: member.name,
      networkName: network.name,
    }),
    member,
    network,
    sale: { ...told.sale, ...sale },
    click,
    grantedAt,
    trackedAt,
  }
}
