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
import { applyReports, type NamedReport } from './applyReports.ts'
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
 * Answers in the caller's transaction what became of an attempt that no machine can tell. A person
 * decides who neither approved the withdrawal nor gains by it. Audited.
 *
 * - A late success: the provider reported an attempt as paid after its money had gone back. If it was
 *   paid, the member's wallet is debited for it, below zero if need be, and the withdrawal is settled;
 *   if not, nothing moves.
 * - An attempt in doubt that the provider cannot find, or that a bank file does not answer: it is
 *   settled, or it has failed and its money goes back. If a report of success follows, that is a late
 *   success.
 *
 * @throws DomainError `request.not-found` there is no such attempt
 * @throws DomainError `withdrawal.not-late` it is neither in doubt nor a late success
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
  const isLate = attempt?.lateStatus === 'open'
  if (!attempt || (!isLate && attempt.status !== 'in-doubt')) {
    throw new DomainError('withdrawal.not-late', 'This attempt waits for no answer.')
  }
  if (isLate && found === 'paid' && IN_PAYMENT.has(withdrawal.status)) {
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
  const doubt = { attempt, by, found, now, reason, withdrawal }
  if (isLate) await answerLateSuccess(req, doubt)
  else await applyReports(req, { reports: [toReport(doubt)], now })
  await recordAudit({
    req,
    action: 'answer-late',
    subject: 'payout-attempts',
    subjectId: attempt.id,
    before: { status: attempt.status, lateStatus: attempt.lateStatus },
    after: { found },
    reason,
  })
}

type Doubt = Omit<LateAnswer, 'key'> & { attempt: AttemptRow; withdrawal: WithdrawalRow }

/** What the person found, as a report. Its remedy is final: nothing is tried again. */
const toReport = ({ attempt, found }: Doubt): NamedReport => ({
  name: { key: attempt.key },
  report: {
    status: found === 'paid' ? 'settled' : 'failed',
    providerId: null,
    bankReference: null,
    code: 'by-hand',
    detail: null,
    remedy: found === 'paid' ? null : 'never',
    feeMinor: null,
  },
})

const answerLateSuccess = async (
  req: PayloadRequest,
  { attempt, by, found, now, reason, withdrawal }: Doubt,
): Promise<void> => {
  const db = await dbIn(req)
  const answer = { lateStatus: found, lateAnsweredBy: by, lateReason: reason }
  await changeAttempts(db, [{ id: attempt.id, status: attempt.status, ...answer }], now)
  // Another attempt of it may have been paid late as well, and waits for its own answer.
  const isPaidLate = await hasOtherLate(db, attempt)
  if (found === 'paid') {
    await settleLate(req, { attempt, isPaidLate, withdrawal, now, reason })
  } else {
    await changeWithdrawals(db, [{ id: withdrawal.id, status: withdrawal.status, isPaidLate }], now)
  }
}

const IN_PAYMENT: ReadonlySet<WithdrawalStatus> = new Set(['sent', 'in-doubt'])

type Late = Omit<Doubt, 'by' | 'found'> & { isPaidLate: boolean }

const settleLate = async (
  req: PayloadRequest,
  { attempt, isPaidLate, now, reason, withdrawal }: Late,
): Promise<void> => {
  const db = await dbIn(req)
  const source = findSource(withdrawal)
  await changeWithdrawals(
    db,
    [
      {
        id: withdrawal.id,
        status: source === 'paid-twice' ? withdrawal.status : 'settled',
        isPaidLate,
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
