import type { Endpoint, PayloadRequest } from 'payload'

import { isStaff } from '../../../collections/access.ts'
import { type Decision, loadDecision } from '../../../src/referrals/loadDecision.ts'
import type { Check } from '../../../src/domain/referrals/commission.ts'
import { explainCommission, type Viewer } from '../../../src/domain/referrals/explainCommission.ts'
import { notFound } from '../../http/notFound.ts'
import { requireMember } from '../../http/requireRole.ts'
import { routeId } from '../../http/routeId.ts'

/**
 * `GET /api/payments/:id/explain`: explains the commission of a payment, as a sentence and as data.
 * For staff, and for the referrer, who does not see the payer. Everyone else gets 404.
 */
export const explainPayment: Endpoint = {
  path: '/:id/explain',
  method: 'get',
  handler: async (req) => Response.json(await explainDecision(req, routeId(req))),
}

/**
 * Builds the response of this route, and of the route that explains a transfer of the commission.
 *
 * @throws DomainError `request.not-found`, `auth.required`
 */
export const explainDecision = async (req: PayloadRequest, paymentId: string) => {
  const memberId = requireMember(req)
  const decision = await loadDecision(req, paymentId)
  if (!decision || !maySee(req, memberId, decision)) throw notFound()

  const { commission, paymentStatus } = decision
  if (!commission) {
    return {
      status: 'not-evaluated',
      words: `Nothing was decided yet: the payment is ${paymentStatus}.`,
    }
  }
  const { checks, holdUntil, ...rest } = commission
  return {
    ...rest,
    checks: isStaff(req) ? checks : checks.map(withoutPayer),
    holdUntil: holdUntil?.toISOString() ?? null,
    words: explainCommission(commission, toViewer(req, decision)),
  }
}

/** Hides the payer's e-mail address and phone from the referrer, even masked. */
const withoutPayer = (check: Check): Check =>
  ['same-email', 'same-phone', 'not-confirmed'].includes(check.name)
    ? { ...check, value: null }
    : check

const maySee = (req: PayloadRequest, memberId: string, { commission, referrerId }: Decision) =>
  isStaff(req) || (commission !== null && referrerId === memberId)

const toViewer = (req: PayloadRequest, { payerName, referrerName }: Decision): Viewer =>
  isStaff(req) ? { is: 'staff', payerName, referrerName } : { is: 'referrer' }
