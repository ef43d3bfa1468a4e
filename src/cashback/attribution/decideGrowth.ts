import type { PayloadRequest } from 'payload'

import { dbIn } from '../../database/dbIn.ts'
import { DomainError } from '../../domain/errors.ts'
import { checkApprover } from '../../platform/approvals/checkApprover.ts'
import { recordAudit } from '../../platform/audit/recordAudit.ts'
import { applyCashback } from '../ingestion/applyCashback.ts'
import { closeHeldCredits, listHeldCredits } from '../ingestion/holds/holdStore.ts'
import { recordRefusedGrowth, recordSeen } from './growthStore.ts'

type GrownAssignment = {
  assignment: string
  requestedBy: string | null
  requestedAt: string
  verb: 'approve' | 'reject'
  reason: string | null
  /** The cashback that the decider saw, in minor units; null: not named. */
  seenMinor: number | null
  by: string
  now: Date
}

/**
 * Decides on the growth of an applied assignment, over the cashback that people have seen, in the
 * caller's database transaction, which holds `lockIngestion`; audited. After a rejection the member
 * keeps what was credited before, and only a larger growth is asked for again.
 *
 * @throws DomainError `assignment.decided` no growth waits (any more)
 * @throws DomainError `assignment.grown` it grew beyond the cashback that the decider saw
 * @throws DomainError `approval.not-independent` the decider requested the assignment, or gains by it
 */
export const decideGrowth = async (
  req: PayloadRequest,
  { assignment, by, requestedAt, now, reason, requestedBy, seenMinor, verb }: GrownAssignment,
): Promise<{ assignment: string; status: 'applied' }> => {
  const db = await dbIn(req)
  const [held] = await listHeldCredits(db, { assignment })
  if (!held) throw new DomainError('assignment.decided', 'This assignment is already decided.')
  const { fromMinor, member, toMinor, transaction } = held
  if (verb === 'approve') {
    // It may have grown between the look and the decision. A rejection credits nothing.
    if (seenMinor !== null && toMinor > seenMinor) throw grown(toMinor)
    await checkApprover(req, {
      requestedBy: requestedBy ?? by,
      requestedAt: new Date(requestedAt),
      beneficiaries: [member],
    })
    await recordSeen(db, { assignment, seenMinor: toMinor, now })
  } else {
    await recordRefusedGrowth(db, { assignment, refusedMinor: toMinor, now })
  }
  const status = verb === 'approve' ? 'released' : 'rejected'
  await closeHeldCredits(db, { assignment }, { status, now })
  await applyCashback(req, { ids: [transaction], now })
  const subject = { subject: 'transaction-assignments', subjectId: assignment }
  const before = { cashbackMinor: fromMinor }
  const after = { cashbackMinor: toMinor, growth: status }
  await recordAudit({ req, action: verb, ...subject, before, after, reason })
  return { assignment, status: 'applied' }
}

const grown = (toMinor: number): DomainError =>
  new DomainError('assignment.grown', 'The cashback has grown since. Look at it again.', {
    field: 'amountMinor',
    toMinor,
  })
