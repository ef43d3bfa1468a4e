import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { type Database, dbIn } from '../../database/dbIn.ts'
import { DomainError } from '../../domain/errors.ts'
import { checkApprover } from '../../platform/approvals/checkApprover.ts'
import { recordAudit } from '../../platform/audit/recordAudit.ts'
import { answerLate } from '../attempts/answerLate.ts'
import { applyReports } from '../attempts/applyReports.ts'
import { type AttemptRow, findAttempts, lockAttempts } from '../attempts/attemptStore.ts'
import type { PayoutReport } from '../drivers/types.ts'
import { BANK_FILE } from '../findPayouts.ts'
import { lockOne } from '../withdrawals/stopWithdrawal.ts'
import { loadApprovers } from '../withdrawals/approvalStore.ts'
import { closeBatches } from './batchStore.ts'

/** The code of an attempt that a person found unpaid. */
export const NOT_PAID = 'found-not-paid'
/** The code of an attempt that a person found paid. */
const PAID = 'found-paid'

export type Resolution = {
  /** The key of the attempt. */
  key: string
  /** What the person found at the bank or the provider. */
  found: 'not-paid' | 'paid'
  by: string
  reason: string
  now: Date
}

/**
 * Resolves an attempt in the caller's transaction of which the bank or the provider does not say what
 * became: a late success, one in doubt, or one by bank file that has no answer. Paid: its withdrawal
 * is settled. Not paid: the money goes back; a withdrawal by bank file is approved again, and waits
 * for the next batch. A person decides who neither approved the withdrawal, nor made its batch, nor
 * gains by it. Audited.
 *
 * @throws DomainError `request.not-found` there is no such attempt
 * @throws DomainError `withdrawal.not-in-doubt` it needs no answer
 * @throws DomainError `withdrawal.not-independent` the person approved it, or made the batch
 * @throws DomainError `approval.not-independent` the person is linked to the member
 */
export const resolveAttempt = async (
  req: PayloadRequest,
  { by, found, key, now, reason }: Resolution,
): Promise<void> => {
  const db = await dbIn(req)
  const [known] = await findAttempts(db, [{ key }])
  if (!known) throw new DomainError('request.not-found', 'There is no such attempt.')
  if (known.lateStatus === 'open') return answerLate(req, { key, found, by, reason, now })
  const withdrawal = await lockOne(db, known.withdrawal)
  const [attempt] = await lockAttempts(db, [known.id])
  if (!attempt || !isResolvable(attempt)) {
    throw new DomainError('withdrawal.not-in-doubt', 'This attempt needs no answer.')
  }
  await refuseInvolved(db, { attempt, by })
  await checkApprover(req, {
    requestedBy: withdrawal.member,
    requestedAt: new Date(withdrawal.createdAt),
    beneficiaries: [withdrawal.member],
    approver: by,
  })
  await applyReports(req, { reports: [{ name: { key }, report: toReport(attempt, found) }], now })
  if (attempt.batch !== null) await closeBatches(db, [attempt.batch], now)
  await recordAudit({
    req,
    action: 'resolve',
    subject: 'payout-attempts',
    subjectId: attempt.id,
    before: { status: attempt.status },
    after: { found },
    reason,
  })
}

/** A provider is asked about what it has; a person answers only what it does not know. */
const isResolvable = ({ driver, status }: AttemptRow): boolean =>
  status === 'in-doubt' || (status === 'sent' && driver === BANK_FILE)

const refuseInvolved = async (
  db: Database,
  { attempt, by }: { attempt: AttemptRow; by: string },
): Promise<void> => {
  const makers = await loadMaker(db, attempt.batch)
  const approvers = await loadApprovers(db, attempt.withdrawal)
  if (![...makers, ...approvers].includes(by)) return
  const text = 'You approved this withdrawal, or made its batch. Another person answers.'
  throw new DomainError('withdrawal.not-independent', text)
}

const loadMaker = async (db: Database, batch: string | null): Promise<string[]> => {
  if (batch === null) return []
  const { rows } = await db.execute<{ by: string }>(
    sql`select created_by_id::text as by from payout_batches
      where id = ${batch} and created_by_id is not null`,
  )
  return rows.map(({ by }) => by)
}

const toReport = ({ driver }: AttemptRow, found: Resolution['found']): PayoutReport => ({
  status: found === 'paid' ? 'settled' : 'failed',
  providerId: null,
  bankReference: null,
  code: found === 'paid' ? PAID : NOT_PAID,
  detail: found === 'paid' ? null : 'The payment was not made.',
  // No program sends a bank file: approved again, it waits for a person.
  remedy: found === 'paid' ? null : driver === BANK_FILE ? 'operator' : 'fix',
  feeMinor: null,
})
