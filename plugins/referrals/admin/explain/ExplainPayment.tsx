import type { PayloadRequest } from 'payload'

import { isFinance, isStaff } from '../../../../collections/access.ts'
import { Blank } from '../../../../src/admin/layout/Blank.tsx'
import { timesIn } from '../../../../src/admin/format/times.ts'
import { loadDecision } from '../../../../src/referrals/loadDecision.ts'
import { DecisionPage } from './DecisionPage.tsx'
import { loadPaymentStory } from './loadPaymentStory.ts'

/** Explains the commission of a payment. For staff only; null for everyone else. */
export const ExplainPayment = async ({
  paymentId,
  req,
}: {
  paymentId: string
  req: PayloadRequest
}) => {
  if (!isStaff(req)) return null
  const [decision, story] = await Promise.all([
    loadDecision(req, paymentId),
    loadPaymentStory(req, paymentId),
  ])
  if (!decision || !story) return null
  if (!decision.commission || !story.commission) {
    return (
      <Blank title={`Not decided yet: the payment is ${decision.paymentStatus}`}>
        A payment is decided once, when it completes: eleven checks, the rate of that day, and the
        transfer, in one transaction. They appear here.
      </Blank>
    )
  }
  return (
    <DecisionPage
      adminRoute={req.payload.config.routes.admin}
      commission={decision.commission}
      mayAdjust={isFinance(req)}
      story={{ ...story, commission: story.commission }}
      times={timesIn(req.user?.collection === 'users' ? req.user.timeZone : null)}
    />
  )
}
