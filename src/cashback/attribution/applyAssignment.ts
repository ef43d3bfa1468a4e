import type { PayloadRequest } from 'payload'

import { answerClaim } from '../claims/answerClaim.ts'
import { dbIn } from '../../database/dbIn.ts'
import { matchReversals } from '../ingestion/matchReversals.ts'
import { assignMember } from '../ingestion/transactionStore/assignMember.ts'
import { applyCashback } from '../ingestion/applyCashback.ts'
import type { AssignmentRequest } from './loadEvidence.ts'
import { alreadyAssigned } from './loadUnattributed.ts'

type AppliedAssignment = AssignmentRequest & {
  transaction: string
  merchant: string | null
  by: string
  now: Date
}

/**
 * Carries out an assignment, in the caller's database transaction: cashback, transfers and messages
 * follow as if the network had reported the member's click, and the claim is accepted.
 *
 * @throws DomainError `transaction.already-assigned`, `claim.decided`
 */
export const applyAssignment = async (
  req: PayloadRequest,
  assignment: AppliedAssignment,
): Promise<void> => {
  const { by, claim, click, member, merchant, now, transaction } = assignment
  const db = await dbIn(req)
  const isAssigned = await assignMember(db, { transaction, member, click, merchant, now })
  if (!isAssigned) throw alreadyAssigned()
  const linked = await matchReversals(db, [transaction])
  if (claim !== null) {
    const answer = 'We found your order, and its cashback is yours.'
    await answerClaim(req, { claim, answer, status: 'accepted', transaction, by, now })
  }
  await applyCashback(req, { ids: [transaction, ...linked], now })
}
