import type { PayloadRequest } from 'payload'

import { dbIn } from '../../database/dbIn.ts'
import { decideApproval } from '../../domain/payouts/decideApproval.ts'
import { findRule, type PayoutRule } from '../../domain/payouts/payoutRule.ts'
import { loadCoolDown } from '../../platform/approvals/loadCoolDown.ts'
import { recordAudits } from '../../platform/audit/recordAudit.ts'
import { loadRules } from '../loadPayoutConfig.ts'
import { insertApprovals } from './approvalStore.ts'
import { type ApprovalContext, loadApprovalContext } from './loadApprovalFacts.ts'
import {
  changeWithdrawals,
  loadNegative,
  lockWithdrawals,
  type WithdrawalChange,
  type WithdrawalRow,
} from './withdrawalStore.ts'

type Approval = { ids: readonly string[]; by: string; now: Date }

/** What became of each withdrawal. `first`: a second person has to approve as well. */
export type ApprovalResult = {
  approved: string[]
  first: string[]
  refused: { id: string; reference: string | null; code: string; message: string }[]
}

/**
 * Approves withdrawals for one person in the caller's transaction, in a number of statements that does
 * not depend on how many they are. Each is decided by itself: a refused one is listed with its code,
 * the others are approved. Audited.
 *
 * @throws DomainError `ledger.no-transaction` the request carries no transaction
 */
export const approveWithdrawals = async (
  req: PayloadRequest,
  { by, ids, now }: Approval,
): Promise<ApprovalResult> => {
  const db = await dbIn(req)
  const withdrawals = await lockWithdrawals(db, ids)
  const coolDownDays = await loadCoolDown(db)
  const context = await loadApprovalContext(db, { approver: by, withdrawals, coolDownDays, now })
  const rules = await loadRules(db)
  const negative = await loadNegative(db, withdrawals)
  const result: ApprovalResult = { approved: [], first: [], refused: listUnknown(ids, withdrawals) }
  const changes: WithdrawalChange[] = []
  for (const withdrawal of withdrawals) {
    const { id, reference } = withdrawal
    const rule = findRule(rules, withdrawal.methodKind, withdrawal.currency)
    const decision = decide({ context, coolDownDays, now, rule, withdrawal })
    if (decision.refusal) {
      result.refused.push({ id, reference, ...decision.refusal })
    } else if (negative.has(id)) {
      result.refused.push({ id, reference, ...NEGATIVE })
    } else if (decision.isComplete) {
      result.approved.push(id)
      changes.push({ id, status: 'approved' })
      countAlone(context, withdrawal, decision.needs)
    } else {
      result.first.push(id)
      changes.push({ id, status: 'requested', approvalsNeeded: decision.needs })
      countAlone(context, withdrawal, 1)
    }
  }
  const decided = [...result.approved, ...result.first]
  await insertApprovals(db, { by, withdrawals: decided, now })
  await changeWithdrawals(db, changes, now)
  await recordAudits({
    req,
    entries: decided.map((id) => ({ action: 'approve', subject: 'withdrawals', subjectId: id })),
  })
  return result
}

const NEGATIVE = {
  code: 'withdrawal.wallet-negative',
  message: 'A wallet of the member is below zero.',
}

const listUnknown = (
  ids: readonly string[],
  withdrawals: readonly WithdrawalRow[],
): ApprovalResult['refused'] => {
  const known = new Set(withdrawals.map(({ id }) => id))
  return [...new Set(ids)]
    .filter((id) => !known.has(id))
    .map((id) => ({
      id,
      reference: null,
      code: 'request.not-found',
      message: 'There is no such withdrawal.',
    }))
}

type Case = {
  context: ApprovalContext
  coolDownDays: number
  now: Date
  rule: PayoutRule | null
  withdrawal: WithdrawalRow
}

const decide = ({ context, coolDownDays, now, rule, withdrawal }: Case) => {
  const { approver, changedApprover, changedByApprover, made } = context
  const { approvalsNeeded, currency, grossMinor, id, isPaidLate, member, round, status } =
    withdrawal
  return decideApproval({
    withdrawal: {
      member,
      requestedAt: new Date(withdrawal.createdAt),
      status,
      grossMinor,
      round,
      approvalsNeeded,
      hasLateSuccess: isPaidLate,
    },
    // Without its rule a withdrawal needs two people.
    rule: rule ?? { actorDayMinor: 0, fourEyesAboveMinor: 0 },
    approvals: context.approvals.get(id) ?? [],
    approver: { ...approver, dayMinor: approver.dayMinor[currency] ?? 0 },
    isMaker: made.has(member),
    changedMember: changedByApprover.get(member) ?? null,
    changedByMember: changedApprover.get(member) ?? null,
    // Staff neither add nor confirm methods for members.
    methodSetBy: [],
    hold: context.holds.get(id) ?? null,
    coolDownDays,
    now,
  })
}

/** Adds what the person approves alone to the sum of the day, within one bulk approval. */
const countAlone = (
  { approver, approvals }: ApprovalContext,
  { currency, grossMinor, id, round }: WithdrawalRow,
  needs: number,
): void => {
  const others = (approvals.get(id) ?? []).filter((given) => given.round === round)
  if (needs > 1 && others.length > 0) return
  approver.dayMinor[currency] = (approver.dayMinor[currency] ?? 0) + grossMinor
}
