import type { PayloadRequest } from 'payload'

import { type Database, dbIn } from '../../database/dbIn.ts'
import { DomainError } from '../../domain/errors.ts'
import { refuseLift } from '../../domain/payouts/decideApproval.ts'
import { checkTransition, type WithdrawalStatus } from '../../domain/payouts/withdrawalStates.ts'
import { postTransfer } from '../../ledger/postTransfer.ts'
import { recordAudit } from '../../platform/audit/recordAudit.ts'
import { notifyWithdrawals } from '../notifyWithdrawals.ts'
import { releaseTransfer } from '../transfersOf.ts'
import { changeWithdrawals, lockWithdrawals, type WithdrawalRow } from './withdrawalStore.ts'

type Decision = { id: string; by: { id: string; role: string }; reason: string; now: Date }

/**
 * Cancels a withdrawal for its member in the caller's transaction, as long as it is not approved. The
 * money returns with it.
 *
 * @throws DomainError `request.not-found` the member has no such withdrawal
 * @throws DomainError the codes of `checkTransition`, `withdrawal.paid-late`
 */
export const cancelWithdrawal = async (
  req: PayloadRequest,
  { id, member, now }: { id: string; member: string; now: Date },
): Promise<void> => {
  const db = await dbIn(req)
  const withdrawal = await lockOne(db, id)
  if (withdrawal.member !== member) throw notThere()
  requireTransition(withdrawal, 'cancelled')
  await changeWithdrawals(db, [{ id, status: 'cancelled' }], now)
  await postTransfer({ req, ...releaseTransfer(withdrawal), actor: member })
  await notifyWithdrawals(req, [{ id, event: 'withdrawal-cancelled' }], now)
}

/**
 * Rejects a withdrawal that is not sent, in the caller's transaction. The money returns with it, and
 * the member learns the reason. Audited.
 *
 * @throws DomainError `request.not-found`, the codes of `checkTransition`, `withdrawal.paid-late`
 */
export const rejectWithdrawal = async (
  req: PayloadRequest,
  { by, id, now, reason }: Decision,
): Promise<void> => {
  const db = await dbIn(req)
  const withdrawal = await lockOne(db, id)
  requireTransition(withdrawal, 'rejected')
  await changeWithdrawals(db, [{ id, status: 'rejected', reason, advice: null }], now)
  await postTransfer({ req, ...releaseTransfer(withdrawal), actor: by.id, reason })
  await notifyWithdrawals(req, [{ id, event: 'withdrawal-rejected' }], now)
  await audit(req, 'reject', { withdrawal, to: 'rejected', reason })
}

/**
 * Puts a withdrawal on hold that is not sent, with a reason, an owner and a next date, in the caller's
 * transaction. Its approvals end. Audited.
 *
 * @throws DomainError `request.not-found`, the codes of `checkTransition`
 */
export const holdWithdrawal = async (
  req: PayloadRequest,
  { by, id, now, owner, reason, until }: Decision & { owner: string; until: Date },
): Promise<void> => {
  const db = await dbIn(req)
  const withdrawal = await lockOne(db, id)
  // A hold is possible while an attempt may have been paid: it pays nothing.
  requireTransition({ ...withdrawal, isPaidLate: false }, 'on-hold')
  await changeWithdrawals(
    db,
    [
      {
        id,
        status: 'on-hold',
        reason,
        heldBy: by.id,
        holdOwner: owner,
        holdUntil: until.toISOString(),
        liftedBy: null,
      },
    ],
    now,
  )
  await notifyWithdrawals(req, [{ id, event: 'withdrawal-on-hold' }], now)
  await audit(req, 'hold', { withdrawal, to: 'on-hold', reason })
}

/**
 * Lifts a hold in the caller's transaction: the withdrawal waits for its approvals again. Audited.
 *
 * @throws DomainError `request.not-found`, the codes of `refuseLift` and `checkTransition`,
 *   `withdrawal.paid-late`
 */
export const liftHold = async (
  req: PayloadRequest,
  { by, id, now, reason }: Decision,
): Promise<void> => {
  const db = await dbIn(req)
  const withdrawal = await lockOne(db, id)
  const refusal = refuseLift({ by, holdSetBy: withdrawal.heldBy, member: withdrawal.member })
  if (refusal) throw new DomainError(refusal.code, refusal.message)
  if (withdrawal.status !== 'on-hold') throw refuseStatus(withdrawal)
  requireTransition(withdrawal, 'requested')
  const change = { id, status: 'requested' as const, reason: null, liftedBy: by.id }
  // From then on two people approve, so that a further hold of one's own does not undo it.
  const isOfAnother = withdrawal.heldBy !== null && withdrawal.heldBy !== by.id
  const approvals = isOfAnother ? { approvalsNeeded: 2 } : {}
  await changeWithdrawals(db, [{ ...change, ...approvals, holdOwner: null, holdUntil: null }], now)
  await audit(req, 'lift-hold', { withdrawal, to: 'requested', reason })
}

/** Locks one withdrawal. @throws DomainError `request.not-found` */
export const lockOne = async (db: Database, id: string): Promise<WithdrawalRow> => {
  const [withdrawal] = await lockWithdrawals(db, [id])
  if (!withdrawal) throw notThere()
  return withdrawal
}

const notThere = () => new DomainError('request.not-found', 'There is no such withdrawal.')

const requireTransition = (withdrawal: WithdrawalRow, to: WithdrawalStatus): void => {
  const code = checkTransition(withdrawal.status, to)
  if (code) throw refuseStatus(withdrawal, code)
  if (withdrawal.isPaidLate) {
    throw new DomainError(
      'withdrawal.paid-late',
      'The provider reports that an earlier attempt was paid. Answer that first.',
    )
  }
}

const refuseStatus = ({ status }: WithdrawalRow, code = 'withdrawal.wrong-status') =>
  new DomainError(code, `This withdrawal is ${status.replace('-', ' ')}.`, { status })

type Change = { withdrawal: WithdrawalRow; to: WithdrawalStatus; reason: string }

const audit = (req: PayloadRequest, action: string, { reason, to, withdrawal }: Change) =>
  recordAudit({
    req,
    action,
    subject: 'withdrawals',
    subjectId: withdrawal.id,
    before: { status: withdrawal.status },
    after: { status: to },
    reason,
  })
