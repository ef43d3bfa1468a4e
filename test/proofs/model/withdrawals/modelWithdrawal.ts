import type { PayoutReport } from '../../../../src/payouts/drivers/types.ts'

const DAY_MS = 86_400_000
/** For so long a final attempt is still looked up. */
const WATCHED_MS = 10 * DAY_MS
const MAX_ATTEMPTS_LATER = 3
const MAX_ATTEMPTS_OPERATOR = 24

export type ModelAttempt = {
  key: string
  createdMs: number
  state: 'failed' | 'in-doubt' | 'returned' | 'sending' | 'sent' | 'settled'
  late: 'not-paid' | 'open' | 'paid' | null
  /** What was taken from the wallet for it, after its money had gone back. */
  lateMinor: number
  looks: number
  /** When it is looked up next; null for never. */
  nextLookMs: number | null
}

type Facts = {
  id: string
  gross: number
  fee: number
  deduction: number
  /** The part of the year's sum for which it deducts. */
  base: number
  createdMs: number
  needs: number
  isAuto: boolean
}
type Given = { by: string; round: number; atMs: number }

/** States of attempts with money that is not on its way. */
const BACK = ['failed', 'returned']
const ENDED_UNPAID = ['rejected', 'cancelled', 'failed', 'returned']

/**
 * A withdrawal as it should be. What changes the available balance returns the change, in minor
 * units.
 */
export class ModelWithdrawal {
  status: string
  round = 1
  needs: number
  approvals: Given[] = []
  attempts: ModelAttempt[] = []
  heldBy: string | null = null
  liftedBy: string | null = null
  wasReturned = false

  constructor(readonly facts: Facts) {
    this.status = facts.isAuto ? 'approved' : 'requested'
    this.needs = facts.needs
  }

  get net(): number {
    return this.facts.gross - this.facts.fee - this.facts.deduction
  }

  get isHeld(): boolean {
    return ['requested', 'on-hold', 'approved'].includes(this.status)
  }

  /** It counts for limits and yearly sums. */
  get isCounted(): boolean {
    return !ENDED_UNPAID.includes(this.status)
  }

  get hasOpenLate(): boolean {
    return this.attempts.some(({ late }) => late === 'open')
  }

  /** What left the platform for it, less what came back: fees and deductions included. */
  get paidOut(): number {
    const isPaying = this.attempts.some(({ state }) => !BACK.includes(state))
    const late = this.attempts.reduce((sum, { lateMinor }) => sum + lateMinor, 0)
    return (isPaying ? this.facts.gross : 0) + late
  }

  cancel(): number | null {
    if (this.hasOpenLate || !['requested', 'on-hold'].includes(this.status)) return null
    return this.end('cancelled')
  }

  reject(): number | null {
    return this.hasOpenLate || !this.isHeld ? null : this.end('rejected')
  }

  hold(by: string): boolean {
    if (!['requested', 'approved'].includes(this.status)) return false
    Object.assign(this, { status: 'on-hold', round: this.round + 1, heldBy: by, liftedBy: null })
    return true
  }

  lift({ id, isAdmin }: { id: string; isAdmin: boolean }): boolean {
    const mayLift = isAdmin || this.heldBy === id
    if (!mayLift || this.status !== 'on-hold' || this.hasOpenLate) return false
    if (this.heldBy !== id) this.needs = 2
    Object.assign(this, { status: 'requested', liftedBy: id })
    return true
  }

  /** Approves it if possible. Returns whether it was. */
  approve(
    by: string,
    { atMs, isSecondNeeded }: { atMs: number; isSecondNeeded: boolean },
  ): boolean {
    const given = this.approvals.filter(({ round }) => round === this.round)
    if (this.status !== 'requested' || this.hasOpenLate) return false
    if (given.some((one) => one.by === by)) return false
    const liftedOfOther = this.heldBy !== null && this.liftedBy !== this.heldBy
    if (isSecondNeeded || (liftedOfOther && this.liftedBy === by)) this.needs = 2
    this.approvals.push({ by, round: this.round, atMs })
    if (given.length + 1 >= this.needs) this.status = 'approved'
    return true
  }

  /** True if this person alone approved it, since that time. */
  isAloneBy(by: string, sinceMs: number): boolean {
    const given = this.approvals.filter(({ round }) => round === this.round)
    const [only, ...others] = given
    const isOver = this.status === 'rejected' || this.status === 'cancelled'
    return !isOver && others.length === 0 && only?.by === by && only.atMs > sinceMs
  }

  send(key: string, nowMs: number): ModelAttempt {
    const attempt: ModelAttempt = {
      key,
      createdMs: nowMs,
      state: 'sending',
      late: null,
      lateMinor: 0,
      looks: 0,
      nextLookMs: nowMs,
    }
    this.attempts.push(attempt)
    this.status = 'sent'
    return attempt
  }

  /** A report of the bank arrives. */
  report(attempt: ModelAttempt, { remedy, status }: PayoutReport, nowMs: number): number {
    const change = this.change(attempt, status, remedy)
    attempt.nextLookMs = nextLook(attempt, nowMs)
    return change
  }

  /** A person says what became of an attempt that was reported as paid after its money went back. */
  answerLate(attempt: ModelAttempt, isPaid: boolean): number | null {
    if (isPaid && (this.status === 'sent' || this.status === 'in-doubt')) return null
    attempt.late = isPaid ? 'paid' : 'not-paid'
    if (!isPaid) return 0
    // Another attempt pays fee and deduction.
    const isPaidTwice = this.status === 'settled'
    const isHeld = this.isHeld
    attempt.lateMinor = isPaidTwice ? this.net : this.facts.gross
    if (!isPaidTwice) this.status = 'settled'
    return isHeld ? 0 : -attempt.lateMinor
  }

  private change(
    attempt: ModelAttempt,
    status: PayoutReport['status'],
    remedy: PayoutReport['remedy'],
  ): number {
    const { state } = attempt
    const isOpen = !BACK.includes(state) && state !== 'settled'
    if (attempt.late === 'paid') return status === 'returned' ? this.returnLate(attempt) : 0
    if (status === 'settled' && isOpen) this.set(attempt, 'settled', 'settled')
    if (status === 'settled' && BACK.includes(state)) attempt.late ??= 'open'
    if (status === 'pending' && isOpen) this.set(attempt, 'sent', 'sent')
    if (status === 'unknown' && state === 'sending') this.set(attempt, 'in-doubt', 'in-doubt')
    if (status === 'not-found' && isOpen) this.set(attempt, 'in-doubt', 'in-doubt')
    if (status === 'returned' && state === 'failed') attempt.state = 'returned'
    if (status === 'failed' && isOpen) return this.failAttempt(attempt, remedy)
    const isBack = status === 'returned' && (isOpen || state === 'settled')
    if (!isBack && !(status === 'failed' && state === 'settled')) return 0
    attempt.state = 'returned'
    // Another attempt paid it as well.
    if (this.paidOut > 0) return this.facts.gross
    this.wasReturned = true
    return this.end('returned')
  }

  private failAttempt(attempt: ModelAttempt, remedy: PayoutReport['remedy']): number {
    attempt.state = 'failed'
    const most = { later: MAX_ATTEMPTS_LATER, operator: MAX_ATTEMPTS_OPERATOR - 1 }
    const isRepeated =
      (remedy === 'later' || remedy === 'operator') && this.attempts.length <= most[remedy]
    if (!isRepeated) return this.end('failed')
    this.status = 'approved'
    return 0
  }

  private returnLate(attempt: ModelAttempt): number {
    if (attempt.state === 'returned') return 0
    attempt.state = 'returned'
    const back = attempt.lateMinor
    attempt.lateMinor = 0
    // Unless another attempt paid it as well, it is unpaid now.
    if (this.status === 'settled' && this.paidOut === 0) {
      this.status = 'returned'
      this.wasReturned = true
    }
    return back
  }

  private set(attempt: ModelAttempt, state: ModelAttempt['state'], status: string): void {
    attempt.state = state
    this.status = status
  }

  private end(status: string): number {
    this.status = status
    return this.facts.gross
  }
}

/** Open attempts are looked up within six hours, and final ones a day later. */
const nextLook = ({ createdMs, state }: ModelAttempt, nowMs: number): number | null => {
  if (state === 'returned') return null
  if (state !== 'settled' && state !== 'failed') return nowMs + DAY_MS / 4
  return nowMs < createdMs + WATCHED_MS ? nowMs + DAY_MS : null
}
