import type { PayloadRequest } from 'payload'

import { dbIn } from '../../database/dbIn.ts'
import { DomainError } from '../../domain/errors.ts'
import { holdsMoney, type WithdrawalStatus } from '../../domain/payouts/withdrawalStates.ts'
import { postTransfers } from '../../ledger/postTransfers.ts'
import { checkApprover } from '../../platform/approvals/checkApprover.ts'
import { recordAudit } from '../../platform/audit/recordAudit.ts'
import { notifyWithdrawals } from '../notifyWithdrawals.ts'
import { type LateSource, lateTransfers } from '../transfersOf.ts'
import { lockOne } from '../withdrawals/stopWithdrawal.ts'
import { loadApprovers } from '../withdrawals/approvalStore.ts'
import { changeWithdrawals, type WithdrawalRow } from '../withdrawals/withdrawalStore.ts'
import {
  type AttemptRow,
  changeAttempts,
  findAttempts,
  hasOtherLate,
  lockAttempts,
} from './attemptStore.ts'

export type LateAnswer = {
  /** The key of the attempt. */
  key: string
  /** What the person found at the provider or the bank. */
  found: 'not-paid' | 'paid'
  by: string
  reason: string
  now: Date
}

/**
 * Answers a late success in the caller's transaction: a provider reported an attempt as paid after its
 * money had gone back. If it was paid, the member's wallet is debited for it, below zero if need be,
 * and the withdrawal is settled; if not, nothing moves. A person decides who neither approved the
 * withdrawal nor gains by it. Audited.
 *
 * @throws DomainError `request.not-found` there is no such attempt
 * @throws DomainError `withdrawal.not-late` it has no open late success
 * @throws DomainError `withdrawal.in-payment` another attempt is on its way: it is final first
 * @throws DomainError `withdrawal.not-independent` the person approved it
 * @throws DomainError `approval.not-independent` the person is linked to the member
 */
export const answerLate = async (
  req: PayloadRequest,
  { by, found, key, now, reason }: LateAnswer,
): Promise<void> => {
  const db = await dbIn(req)
  const [known] = await findAttempts(db, [{ key }])
  if (!known) throw new DomainError('request.not-found', 'There is no such attempt.')
  const withdrawal = await lockOne(db, known.withdrawal)
  const [attempt] = await lockAttempts(db, [known.id])
  if (attempt?.lateStatus !== 'open') {
    throw new DomainError('withdrawal.not-late', 'This attempt waits for no answer.')
  }
  if (found === 'paid' && IN_PAYMENT.has(withdrawal.status)) {
    const text = 'Another attempt is on its way. Answer once it is settled or has failed.'
    throw new DomainError('withdrawal.in-payment', text)
  }
  if ((await loadApprovers(db, withdrawal.id)).includes(by)) {
    const text = 'You approved this withdrawal. Another person answers.'
    throw new DomainError('withdrawal.not-independent', text)
  }
  await checkApprover(req, {
    requestedBy: withdrawal.member,
    requestedAt: new Date(withdrawal.createdAt),
    beneficiaries: [withdrawal.member],
    approver: by,
  })
  const { id } = attempt
  const answer = { lateStatus: found, lateAnsweredBy: by, lateReason: reason }
  await changeAttempts(db, [{ id, status: attempt.status, ...answer }], now)
  const status = found === 'paid' ? 'settled' : withdrawal.status
  if (found === 'paid') await settleLate(req, { attempt, withdrawal, now, reason })
  // Another attempt of it may have been paid late as well, and waits for its own answer.
  const isPaidLate = await hasOtherLate(db, attempt)
  await changeWithdrawals(db, [{ id: withdrawal.id, status, isPaidLate }], now)
  await recordAudit({
    req,
    action: 'answer-late',
    subject: 'payout-attempts',
    subjectId: id,
    before: { lateStatus: 'open' },
    after: { lateStatus: found },
    reason,
  })
}

const IN_PAYMENT: ReadonlySet<WithdrawalStatus> = new Set(['sent', 'in-doubt'])

type Late = { attempt: AttemptRow; withdrawal: WithdrawalRow; now: Date; reason: string }

const settleLate = async (
  req: PayloadRequest,
  { attempt, now, reason, withdrawal }: Late,
): Promise<void> => {
  const db = await dbIn(req)
  const source = findSource(withdrawal)
  await changeWithdrawals(
    db,
    [
      {
        id: withdrawal.id,
        status: source === 'paid-twice' ? withdrawal.status : 'settled',
        isPaidLate: false,
        ...(attempt.bankReference === null ? {} : { bankReference: attempt.bankReference }),
      },
    ],
    now,
  )
  const transfers = lateTransfers(withdrawal, attempt.key, source)
  await postTransfers(
    req,
    transfers.map((transfer) => ({ ...transfer, reason })),
  )
  const event = source === 'held' ? 'withdrawal-settled' : 'withdrawal-debited'
  await notifyWithdrawals(req, [{ id: withdrawal.id, event, attempt: attempt.number }], now)
}

const SOURCES = { held: 'held', nowhere: 'available', payouts: 'paid-twice' } as const

const findSource = ({ status }: WithdrawalRow): LateSource => SOURCES[holdsMoney(status)]
