import type { Endpoint } from 'payload'
import { z } from 'zod'

import { isStaff } from '../../../collections/access.ts'
import { recordAudit } from '../../../src/audit/recordAudit.ts'
import { now } from '../../../src/clock.ts'
import { answerClaim } from '../../../src/claims/answerClaim.ts'
import { ANSWER_RULE, answerProblem } from '../../../src/domain/claimAnswer.ts'
import { DomainError } from '../../../src/domain/errors.ts'
import { inTransaction } from '../../../src/ledger/inTransaction.ts'
import { requireMember } from '../../requireMember.ts'
import { routeId } from '../../routeId.ts'
import { valuesIn } from '../../valuesIn.ts'

const isAnswer = (text: string): boolean => answerProblem(text) === null
const Body = z.object({ answer: z.string(ANSWER_RULE).trim().refine(isAnswer, ANSWER_RULE) })

/**
 * `POST /api/cashback-claims/:id/reject` `{answer}`: the staff, support included, says why there is
 * no cashback; the member is told. A claim is accepted by assigning its sale.
 */
export const rejectClaim: Endpoint = {
  path: '/:id/reject',
  method: 'post',
  handler: async (req) => {
    const by = requireMember(req)
    if (!isStaff(req)) throw new DomainError('auth.forbidden', 'This is for staff.')
    const claim = routeId(req)
    const { answer } = await valuesIn(req, Body)
    const told = { claim, status: 'rejected', answer, sale: null, by, now: now() } as const
    await inTransaction(req, async () => {
      await answerClaim(req, told)
      await recordAudit({
        req,
        action: 'reject',
        subject: 'cashback-claims',
        subjectId: claim,
        before: { status: 'open' },
        after: { status: 'rejected' },
        reason: answer,
      })
    })
    return Response.json({ claim, status: 'rejected' })
  },
}
