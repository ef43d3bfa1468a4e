import { Books } from '../books.ts'
import { type ModelAttempt, ModelWithdrawal } from './modelWithdrawal.ts'

const DAY_MS = 86_400_000
const COOL_OFF_MS = 3 * DAY_MS
const METHOD_AGE_MS = 30 * DAY_MS

/** The rule of payouts, in minor units. */
export type Limits = {
  min: number
  max: number
  memberDay: number
  actorDay: number
  fourEyesAbove: number
  autoApproveBelow: number
  feeFixed: number
  feeBps: number
}
export type Deduction = { rateBps: number; threshold: number }
export type ModelMethod = { id: string; verifiedMs: number; isRemoved: boolean }
export type Accepted = ConstructorParameters<typeof ModelWithdrawal>[0]

/**
 * The expected state of a member with withdrawals, as plain arithmetic. `balance` is the available
 * balance. It shares no code with the rules that it checks.
 */
export class WithdrawalBooks extends Books {
  methods: ModelMethod[] = []
  withdrawals: ModelWithdrawal[] = []
  /** Null while nothing is deducted. */
  deduction: Deduction | null = null
  credits = 0

  constructor(
    public nowMs: number,
    public limits: Limits,
  ) {
    super()
  }

  get held(): number {
    return this.sum((one) => one.isHeld)
  }

  /** Credits and commissions, less what was taken back. */
  get credited(): number {
    return this.payments.reduce(
      (sum, { commission }) => sum + (commission ? commission.amount - commission.reversed : 0),
      this.credits,
    )
  }

  credit(amount: number): void {
    this.credits += amount
    this.balance += amount
  }

  /** Returns the facts of the request if it is accepted, else null. */
  accepts(method: ModelMethod, gross: number): Omit<Accepted, 'id'> | null {
    const { limits, nowMs } = this
    const isUsable = !method.isRemoved && nowMs >= method.verifiedMs + COOL_OFF_MS
    if (!isUsable || this.balance < 0 || gross > this.balance) return null
    const fee = limits.feeFixed + share(gross, limits.feeBps)
    const { amount: deduction, base } = this.deduct(gross)
    const today = this.sum((one) => one.isCounted && this.isOfToday(one.facts.createdMs))
    const isInLimits =
      gross <= limits.max &&
      gross - fee - deduction >= limits.min &&
      today + gross <= limits.memberDay
    if (!isInLimits) return null
    const isAuto = this.isAutoApproved(method, gross)
    const needs = gross > limits.fourEyesAbove ? 2 : 1
    return { gross, fee, deduction, base, createdMs: nowMs, needs, isAuto }
  }

  request(facts: Accepted): void {
    this.withdrawals.push(new ModelWithdrawal(facts))
    this.balance -= facts.gross
  }

  /** Approves if possible. Returns whether it was. */
  approve(withdrawal: ModelWithdrawal, by: string): boolean {
    if (this.balance < 0) return false
    const { gross } = withdrawal.facts
    const since = this.nowMs - DAY_MS
    const alone = this.sum((one) => one.isAloneBy(by, since))
    const isSecondNeeded = gross > this.limits.fourEyesAbove || gross + alone > this.limits.actorDay
    return withdrawal.approve(by, { atMs: this.nowMs, isSecondNeeded })
  }

  /** What a worker pays now. */
  listClaimable(): ModelWithdrawal[] {
    if (this.balance < 0) return []
    return this.withdrawals.filter((one) => one.status === 'approved' && !one.hasOpenLate)
  }

  /** What a worker looks up now. */
  listDue(): { withdrawal: ModelWithdrawal; attempt: ModelAttempt }[] {
    return this.listAttempts().filter(
      ({ attempt: { nextLookMs } }) => nextLookMs !== null && nextLookMs <= this.nowMs,
    )
  }

  listAttempts(): { withdrawal: ModelWithdrawal; attempt: ModelAttempt }[] {
    return this.withdrawals.flatMap((withdrawal) =>
      withdrawal.attempts.map((attempt) => ({ withdrawal, attempt })),
    )
  }

  /** What this request adds to the sum of the year for which is deducted, and what it deducts. */
  private deduct(gross: number): { amount: number; base: number } {
    if (!this.deduction) return { amount: 0, base: 0 }
    const { rateBps, threshold } = this.deduction
    const counted = this.withdrawals.filter((one) => one.isCounted)
    const before = counted.reduce((sum, { facts }) => sum + facts.base, 0)
    const year = this.sum((one) => one.isCounted) + gross
    const liable = year > threshold ? year : 0
    if (liable <= before || rateBps === 0) return { amount: 0, base: 0 }
    return { amount: share(liable, rateBps) - share(before, rateBps), base: liable - before }
  }

  private isAutoApproved(method: ModelMethod, gross: number): boolean {
    const { autoApproveBelow, fourEyesAbove } = this.limits
    const today = this.sum(({ facts }) => facts.isAuto && this.isOfToday(facts.createdMs))
    const hasTrouble = this.withdrawals.some(
      ({ attempts, wasReturned }) => wasReturned || attempts.some(({ late }) => late !== null),
    )
    return (
      today + gross < autoApproveBelow &&
      gross <= fourEyesAbove &&
      this.withdrawals.some(({ status }) => status === 'settled') &&
      !hasTrouble &&
      this.nowMs >= method.verifiedMs + METHOD_AGE_MS
    )
  }

  private isOfToday(ms: number): boolean {
    return ms > this.nowMs - DAY_MS
  }

  private sum(counts: (withdrawal: ModelWithdrawal) => boolean): number {
    return this.withdrawals.filter(counts).reduce((sum, { facts }) => sum + facts.gross, 0)
  }
}

/** A share in basis points, rounded half up. */
const share = (amount: number, bps: number): number => Math.floor((amount * bps + 5_000) / 10_000)
