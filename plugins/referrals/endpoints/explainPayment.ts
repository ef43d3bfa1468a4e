import type { Endpoint, PayloadRequest } from 'payload'

import { isStaff } from '../../../collections/access.ts'
import { type Decision, loadDecision } from '../../../src/commissions/loadDecision.ts'
import type { Check } from '../../../src/domain/commission.ts'
import { explainCommission, type Viewer } from '../../../src/domain/explainCommission.ts'
import { notFound } from '../../notFound.ts'
import { requireMember } from '../../requireMember.ts'
import { routeId } from '../../routeId.ts'

/**
 * `GET /api/payments/:id/explain`: why a payment earned what it earned, in words and data. For
 * staff, and for the referrer, who sees the payer masked; to everybody else it does not exist.
 */
export const explainPayment: Endpoint = {
  path: '/:id/explain',
  method: 'get',
  handler: async (req) => Response.json(await explainDecision(req, routeId(req))),
}

/** The answer of both explain routes. @throws DomainError `request.not-found`, `auth.required` */
export const explainDecision = async (req: PayloadRequest, paymentId: string) => {
  const memberId = requireMember(req)
  const decision = await loadDecision(req, paymentId)
  if (!decision || !mayKnow(req, memberId, decision)) throw notFound()

  const { commission, paymentStatus } = decision
  if (!commission) {
    return {
      status: 'not-evaluated',
      words: `Nothing was decided yet: the payment is ${paymentStatus}.`,
    }
  }
  const { checks, holdUntil, ...told } = commission
  return {
    ...told,
    checks: isStaff(req) ? checks : checks.map(withoutPayer),
    holdUntil: holdUntil?.toISOString() ?? null,
    words: explainCommission(commission, viewerOf(req, decision)),
  }
}

/** What a check saw of the payer's address and phone is not for the referrer, masked or not. */
const withoutPayer = (check: Check): Check =>
  ['same-email', 'same-phone'].includes(check.name) ? { ...check, value: null } : check

const mayKnow = (req: PayloadRequest, memberId: string, { commission, referrerId }: Decision) =>
  isStaff(req) || (commission !== null && referrerId === memberId)

const viewerOf = (req: PayloadRequest, { payerName, referrerName }: Decision): Viewer =>
  isStaff(req) ? { is: 'staff', payerName, referrerName } : { is: 'referrer' }
