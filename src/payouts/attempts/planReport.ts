import { type AttemptStatus, decideReport } from '../../domain/payouts/attemptStates.ts'
import { decideRetry } from '../../domain/payouts/retryPolicy.ts'
import { holdsMoney } from '../../domain/payouts/withdrawalStates.ts'
import type { Transfer } from '../../ledger/transfer.ts'
import type { PayoutReport } from '../drivers/types.ts'
import {
  type FindTransfer,
  lateReturnTransfers,
  releaseTransfer,
  returnTransfers,
} from '../transfersOf.ts'
import type { WithdrawalChange, WithdrawalRow } from '../withdrawals/withdrawalStore.ts'
import type { AttemptChange, AttemptRow } from './attemptStore.ts'
import { nextLook } from './nextLook.ts'

export type PlanInput = {
  attempt: AttemptRow
  withdrawal: WithdrawalRow
  report: PayoutReport
  findTransfer: FindTransfer
  now: Date
}

/** What one report changes. All empty: nothing. */
export type Plan = {
  attempt: AttemptChange | null
  withdrawal: WithdrawalChange | null
  transfers: Transfer[]
  notifies:
    'withdrawal-failed' | 'withdrawal-on-hold' | 'withdrawal-returned' | 'withdrawal-settled' | null
  /** Why a report changed nothing, for previews and logs. */
  because: string | null
}

/**
 * Plans what a report of a provider changes: the attempt, its withdrawal and the money. Reports come
 * in any order, late, and repeatedly; each change happens once. A report of success after the money
 * went back moves nothing: it is kept as a late success, which a person answers.
 */
export const planReport = (input: PlanInput): Plan => {
  const { attempt, now, report } = input
  const decision = decideReport(attempt, report.status)
  if (attempt.lateStatus === 'paid') return planAfterLate(input)
  // It was paid before it was returned: an old report of that is no news.
  if (report.mayBeOld && report.status === 'settled' && attempt.status === 'returned') {
    return { ...NOTHING, because: 'superseded' }
  }
  if (decision.kind === 'late-success') return planLateSuccess(input)
  if (decision.kind === 'ignore') {
    const nextLookAt = nextLook({ ...attempt, now })
    const change = { ...keepWords(report), id: attempt.id, status: attempt.status, nextLookAt }
    return { ...NOTHING, attempt: change, because: decision.because }
  }
  const nextLookAt = nextLook({ ...attempt, status: decision.to, now })
  const change = { ...words(report), id: attempt.id, status: decision.to, nextLookAt }
  // Its money is back already: the state of the attempt alone changes.
  const isBack = attempt.status === 'failed' || attempt.status === 'returned'
  const follows = isBack ? {} : planWithdrawal(input, decision.to)
  return { ...NOTHING, attempt: change, ...follows }
}

const NOTHING: Plan = {
  attempt: null,
  withdrawal: null,
  transfers: [],
  notifies: null,
  because: null,
}

/** The words of a report that an attempt keeps. */
const words = (report: PayoutReport) => ({
  ...keepWords(report),
  code: report.code,
  detail: report.detail,
  remedy: report.remedy,
})
const keepWords = ({ bankReference, feeMinor, providerId }: PayoutReport) => ({
  ...(providerId === null ? {} : { providerId }),
  ...(bankReference === null ? {} : { bankReference }),
  ...(feeMinor === null ? {} : { providerFeeMinor: feeMinor }),
})

const planWithdrawal = (input: PlanInput, to: AttemptStatus): Partial<Plan> => {
  const { report, withdrawal } = input
  const { id, status } = withdrawal
  switch (to) {
    case 'settled':
      return {
        withdrawal: {
          id,
          status: 'settled',
          reason: null,
          advice: null,
          ...(report.bankReference === null ? {} : { bankReference: report.bankReference }),
        },
        notifies: 'withdrawal-settled',
      }
    case 'in-doubt':
    case 'sent':
      return status === to || status === 'settled' ? {} : { withdrawal: { id, status: to } }
    case 'failed':
      return planFailure(input)
    case 'returned':
      return planReturn(input)
    case 'sending':
      return {}
  }
}

/** A failed attempt: its debit goes back to held. It is tried again, waits for us, or has failed. */
const planFailure = ({
  attempt,
  findTransfer,
  now,
  report,
  withdrawal,
}: PlanInput): Partial<Plan> => {
  const { id } = withdrawal
  const back = returnTransfers(withdrawal, attempt.key, findTransfer)
  const retryAt = findRetryTime({ attempts: attempt.number, now, remedy: report.remedy })
  if (retryAt) {
    const nextAttemptAt = retryAt.toISOString()
    return { transfers: back, withdrawal: { id, status: 'approved', nextAttemptAt } }
  }
  const reason = toReason(report, 'The payment failed.')
  return {
    transfers: [...back, releaseTransfer(withdrawal)],
    withdrawal: { id, status: 'failed', reason, advice: ADVICE[report.remedy ?? 'never'] },
    notifies: 'withdrawal-failed',
  }
}

const HOUR_MS = 3_600_000
/** After so many attempts we give the money back although the fault is ours. */
const MAX_ATTEMPTS = 24

/** When a failed attempt is followed by another one; null if the withdrawal has failed. */
const findRetryTime = ({
  attempts,
  now,
  remedy,
}: {
  attempts: number
  now: Date
  remedy: PayoutReport['remedy']
}): Date | null => {
  const retry = decideRetry({ remedy, attempts, failedAt: now })
  if (retry.kind === 'retry') return retry.at
  // Our balance or set-up is the reason: tried every hour, while the approvals stand.
  return retry.kind === 'wait' && attempts < MAX_ATTEMPTS ? new Date(now.getTime() + HOUR_MS) : null
}

const planReturn = ({ attempt, findTransfer, report, withdrawal }: PlanInput): Partial<Plan> => {
  const back = returnTransfers(withdrawal, attempt.key, findTransfer)
  const transfers = [...back, releaseTransfer(withdrawal)]
  // Another attempt paid it as well, and that payment stands.
  if (attempt.isOtherPaid) return { transfers }
  return {
    transfers,
    withdrawal: {
      id: withdrawal.id,
      status: 'returned',
      reason: toReason(report, 'The bank returned the money.'),
      advice: ADVICE[report.remedy ?? 'fix'],
    },
    notifies: 'withdrawal-returned',
  }
}

/** Sentences for members: what they can do. */
const ADVICE = {
  fix: 'Check your payout method, add it again if something changed, and request a new withdrawal.',
  later: 'Request a new withdrawal later.',
  never: 'Choose another payout method.',
  operator: 'Request a new withdrawal later. We are looking into it.',
}

const toReason = ({ code, detail }: PayoutReport, otherwise: string): string =>
  detail ?? (code === null ? otherwise : `${otherwise} (${code})`)

const planLateSuccess = (input: PlanInput): Plan => {
  const { attempt, now, report, withdrawal } = input
  const nextLookAt = nextLook({ ...attempt, now })
  if (attempt.lateStatus !== null) return planNextLook(input, 'repeated')
  return {
    ...NOTHING,
    attempt: {
      ...keepWords(report),
      id: attempt.id,
      status: attempt.status,
      lateStatus: 'open',
      nextLookAt,
    },
    withdrawal: { id: withdrawal.id, status: withdrawal.status, isPaidLate: true },
    because: 'paid-late',
  }
}

/** The report changes nothing; the attempt is looked up again at its time, as after any report. */
const planNextLook = ({ attempt, now }: PlanInput, because: string): Plan => {
  const nextLookAt = nextLook({ ...attempt, now })
  return { ...NOTHING, attempt: { id: attempt.id, status: attempt.status, nextLookAt }, because }
}

/** After a person found that a failed attempt was paid, the bank may still return the money, once. */
const planAfterLate = (input: PlanInput): Plan => {
  const { attempt, findTransfer, now, report, withdrawal } = input
  const isBack = report.status === 'returned' || report.status === 'failed'
  if (!isBack || attempt.status === 'returned') return planNextLook(input, 'repeated')
  // `failed` is the report that came before; only a return is news.
  if (report.status === 'failed') return planNextLook(input, 'superseded')
  const transfers = lateReturnTransfers(withdrawal, attempt.key, findTransfer)
  const change: AttemptChange = {
    ...words(report),
    id: attempt.id,
    status: 'returned',
    nextLookAt: nextLook({ ...attempt, status: 'returned', now }),
  }
  const isPaidOnce = !attempt.isOtherPaid && holdsMoney(withdrawal.status) === 'payouts'
  return {
    ...NOTHING,
    attempt: change,
    transfers,
    withdrawal: isPaidOnce
      ? {
          id: withdrawal.id,
          status: 'returned',
          reason: toReason(report, 'The bank returned the money.'),
          advice: ADVICE[report.remedy ?? 'fix'],
        }
      : null,
    notifies: isPaidOnce ? 'withdrawal-returned' : null,
  }
}
