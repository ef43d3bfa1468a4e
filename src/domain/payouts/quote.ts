import { DomainError } from '../errors.ts'
import { computeShare, formatMoney, isPositiveMinor } from '../money.ts'
import type { PayoutRule } from './payoutRule.ts'
import type { Refusal } from './refusal.ts'

/** What lowers a payout by law or contract, such as tax at source; above zero. */
type QuotedDeduction = { label: string; amountMinor: number }

/** Minor units that the driver can pay at once; null where it names no limit. */
type DriverLimits = { minMinor: number | null; maxMinor: number | null }

export type QuoteRequest = {
  /** What leaves the member's wallet. */
  grossMinor: number
  currency: string
  rule: Pick<PayoutRule, 'feeBearer' | 'feeFixedMinor' | 'feePercentBps' | 'maxMinor' | 'minMinor'>
  deductions: readonly QuotedDeduction[]
  driverLimits?: DriverLimits
}

/** A line of the quote; those that lower the payout are below zero, so that all but `net` add up to it. */
export type QuoteLine = {
  kind: 'deduction' | 'fee' | 'gross' | 'net'
  label: string
  amountMinor: number
}

/** Amounts in minor units: gross = net + fee + deductions. The platform's fee is on top. */
export type Quote = {
  grossMinor: number
  feeMinor: number
  deductionMinor: number
  netMinor: number
  platformFeeMinor: number
  lines: QuoteLine[]
}

/**
 * Computes what a member receives of a withdrawal, or refuses it. The fee is a fixed part and a
 * percentage of the gross amount, rounded half up; the member or the platform bears it.
 *
 * - `withdrawal.malformed-amount` the gross amount is not a whole number above zero
 * - `withdrawal.nothing-left` fee and deductions take all of it
 * - `withdrawal.below-minimum`, `withdrawal.above-maximum` the net amount is outside the limits of
 *   the rule or of the driver
 *
 * @throws DomainError `money.not-minor` a fee or a deduction is no whole number from 0
 */
export const quoteWithdrawal = ({
  currency,
  deductions,
  driverLimits,
  grossMinor,
  rule,
}: QuoteRequest): { quote: Quote; refusal: null } | { quote: null; refusal: Refusal } => {
  if (!isPositiveMinor(grossMinor)) return refuse('malformed-amount', 'Give an amount above zero.')
  assertMinor([rule.feeFixedMinor, ...deductions.map(({ amountMinor }) => amountMinor)])
  const fee = rule.feeFixedMinor + computeShare(grossMinor, rule.feePercentBps)
  const feeMinor = rule.feeBearer === 'member' ? fee : 0
  const deductionMinor = deductions.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const netMinor = grossMinor - feeMinor - deductionMinor
  const refusal = refuseNet({ currency, driverLimits, netMinor, rule })
  if (refusal) return refusal
  const lines: QuoteLine[] = [
    { kind: 'gross', label: 'Amount', amountMinor: grossMinor },
    ...(feeMinor > 0 ? [{ kind: 'fee' as const, label: 'Fee', amountMinor: -feeMinor }] : []),
    ...deductions
      .filter(({ amountMinor }) => amountMinor > 0)
      .map(({ amountMinor, label }) => ({
        kind: 'deduction' as const,
        label,
        amountMinor: -amountMinor,
      })),
    { kind: 'net', label: 'You receive', amountMinor: netMinor },
  ]
  const platformFeeMinor = fee - feeMinor
  return {
    quote: { grossMinor, feeMinor, deductionMinor, netMinor, platformFeeMinor, lines },
    refusal: null,
  }
}

const assertMinor = (amounts: number[]): void => {
  const value = amounts.find((amount) => !Number.isSafeInteger(amount) || amount < 0)
  if (value !== undefined) {
    throw new DomainError('money.not-minor', 'Not a whole number of minor units.', { value })
  }
}

const refuseNet = ({
  currency,
  driverLimits,
  netMinor,
  rule,
}: Pick<QuoteRequest, 'currency' | 'driverLimits' | 'rule'> & { netMinor: number }) => {
  if (netMinor <= 0) {
    return refuse('nothing-left', 'Fee and deductions take all of this amount. Ask for more.')
  }
  const minMinor = Math.max(rule.minMinor, driverLimits?.minMinor ?? 0)
  const maxMinor = Math.min(rule.maxMinor, driverLimits?.maxMinor ?? rule.maxMinor)
  const receive = `You would receive ${formatMoney(netMinor, currency)}`
  if (netMinor < minMinor) {
    const least = formatMoney(minMinor, currency)
    return refuse('below-minimum', `${receive}; at least ${least} can be paid. Ask for more.`)
  }
  if (netMinor > maxMinor) {
    const most = formatMoney(maxMinor, currency)
    return refuse('above-maximum', `${receive}; at most ${most} can be paid. Ask for less.`)
  }
  return null
}

const refuse = (problem: string, message: string): { quote: null; refusal: Refusal } => ({
  quote: null,
  refusal: { code: `withdrawal.${problem}`, message, field: 'amountMinor' },
})
