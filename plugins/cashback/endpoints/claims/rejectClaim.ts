import type { Endpoint } from 'payload'
import { z } from 'zod'

import { recordAudit } from '../../../../src/platform/audit/recordAudit.ts'
import { now } from '../../../../src/platform/clock.ts'
import { answerClaim } from '../../../../src/cashback/claims/answerClaim.ts'
import { ANSWER_RULE, checkAnswer } from '../../../../src/domain/cashback/claimAnswer.ts'
import { inTransaction } from '../../../../src/database/inTransaction.ts'
import { requireStaff } from '../../../http/requireRole.ts'
import { routeId } from '../../../http/routeId.ts'
import { readBody } from '../../../http/readBody.ts'

const isAnswer = (text: string): boolean => checkAnswer(text) === null
const Body = z.object({ answer: z.string(ANSWER_RULE).trim().refine(isAnswer, ANSWER_RULE) })

/**
 * `POST /api/cashback-claims/:id/reject` `{answer}`: staff, support included, rejects a claim; the
 * member is notified of the reason. A claim is accepted by assigning its transaction.
 */
export const rejectClaim: Endpoint = {
  path: '/:id/reject',
  method: 'post',
  handler: async (req) => {
    const by = requireStaff(req)
    const claim = routeId(req)
    const { answer } = await readBody(req, Body)
    const rejection = { status: 'rejected', answer, transaction: null } as const
    await inTransaction(req, async () => {
      await answerClaim(req, { claim, ...rejection, by, now: now() })
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
