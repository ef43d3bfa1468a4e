import type { Endpoint, PayloadRequest } from 'payload'

import { recordDecision } from '../../../src/ledger/adjustments/adjustmentStore.ts'
import { postAdjustment } from '../../../src/ledger/adjustments/postAdjustment.ts'
import { checkApprover } from '../../../src/platform/approvals/checkApprover.ts'
import { recordAudit } from '../../../src/platform/audit/recordAudit.ts'
import { now } from '../../../src/platform/clock.ts'
import { DomainError } from '../../../src/domain/errors.ts'
import { inTransaction } from '../../../src/database/inTransaction.ts'
import type { Adjustment } from '../../../src/payload-types.ts'
import { notFound } from '../../http/notFound.ts'
import { requireFinance } from '../../http/requireRole.ts'
import { routeId } from '../../http/routeId.ts'

/**
 * `POST /api/adjustments/:id/approve` and `…/reject`: the decision of the second person, who
 * neither requested the adjustment nor is its member, and who is independent of the requester when
 * approving.
 */
export const decideAdjustment = (verb: 'approve' | 'reject'): Endpoint => ({
  path: `/:id/${verb}`,
  method: 'post',
  handler: async (req) => {
    const decidedBy = requireFinance(req)
    const adjustment = await inTransaction(req, async () => {
      const found = await findAdjustment(req)
      if ([found.requestedBy, found.member].some((person) => idOf(person) === decidedBy)) {
        throw new DomainError('adjustment.own', 'A second person decides on your own request.')
      }
      const decision = { adjustment: found, at: now(), decidedBy, req }
      if (verb === 'approve') await checkIndependence(req, found)
      const decided =
        verb === 'approve'
          ? await postAdjustment(decision)
          : await recordDecision(decision, 'rejected')
      await recordAudit({
        req,
        action: verb,
        subject: 'adjustments',
        subjectId: found.id,
        before: { status: found.status },
        after: decided,
        reason: found.reason,
      })
      return { ...found, ...decided }
    })
    return Response.json({ doc: adjustment })
  },
})

const checkIndependence = (req: PayloadRequest, adjustment: Adjustment): Promise<void> =>
  checkApprover(req, {
    requestedBy: idOf(adjustment.requestedBy) ?? null,
    requestedAt: new Date(adjustment.createdAt),
    beneficiaries: [idOf(adjustment.member) ?? ''],
  })

const idOf = (person: Adjustment['requestedBy']) =>
  typeof person === 'object' ? person?.id : person

const findAdjustment = async (req: PayloadRequest): Promise<Adjustment> => {
  const { docs } = await req.payload.find({
    collection: 'adjustments',
    where: { id: { equals: routeId(req) } },
    depth: 0,
    limit: 1,
    pagination: false,
    overrideAccess: false,
    user: req.user,
    req,
  })
  if (!docs[0]) throw notFound()
  return docs[0]
}
