import { formatMoney, isPositiveMinor } from '../money.ts'
import type { MethodKind } from './methodKinds.ts'
import type { PayoutRule } from './payoutRule.ts'
import type { Refusal } from './refusal.ts'

/** Minor units of `currency`, unless another unit is named. */
export type RequestFacts = {
  now: Date
  grossMinor: number
  currency: string
  method: {
    kind: MethodKind
    isVerified: boolean
    verifiedAt: Date | null
    /** The end of its cool-off as it was when the member confirmed it. */
    usableFrom: Date | null
  }
  /** The rule of the kind and the currency, or null without one. */
  rule: PayoutRule | null
  wallet: { availableMinor: number; isFrozen: boolean }
  /** True while staff review the member's account. */
  isUnderReview: boolean
  /** Gross amounts that the member requested in the last 24 hours and that did not go back. */
  dayMinor: number
  /** Why the driver cannot pay it, in a text for members; null if it can. */
  driverRefusal: { code: string; message: string } | null
}

const HOUR_MS = 3_600_000

/**
 * Returns the first reason for which a request is refused, or null. What no other amount would help
 * comes first.
 *
 * - `withdrawal.malformed-amount` the amount is not a whole number above zero
 * - `withdrawal.method-off` the currency is not paid out by this kind of method now
 * - `withdrawal.method-not-verified`
 * - `withdrawal.method-cooling-off` the method was added or changed too recently
 * - `withdrawal.wallet-frozen`, `withdrawal.wallet-negative`, `withdrawal.under-review`
 * - `withdrawal.below-minimum`, `withdrawal.above-maximum` of the rule
 * - `withdrawal.not-payable` the driver refuses it
 * - `withdrawal.insufficient` more than is available
 * - `withdrawal.day-limit` more than the member may request in 24 hours
 */
export const refuseRequest = (facts: RequestFacts): Refusal | null => {
  if (!isPositiveMinor(facts.grossMinor)) {
    return refuse('malformed-amount', 'Give an amount above zero.', 'amountMinor')
  }
  const { rule } = facts
  if (!rule?.isOn) {
    const text = `Withdrawals in ${facts.currency} by this method are off. Choose another method.`
    return refuse('method-off', text, 'method')
  }
  return refuseMethod(facts, rule) ?? refuseMember(facts) ?? refuseAmount(facts, rule)
}

const refuseMethod = ({ method, now }: RequestFacts, rule: PayoutRule): Refusal | null => {
  if (!method.isVerified || !method.verifiedAt) {
    return refuse('method-not-verified', 'Confirm this method first.', 'method')
  }
  // A rule that was tightened since counts as well.
  const byRule = method.verifiedAt.getTime() + rule.coolOffHours * HOUR_MS
  const until = new Date(Math.max(byRule, method.usableFrom?.getTime() ?? byRule))
  if (now >= until) return null
  const time = `${until.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  const text = `This method is new or was changed. You can use it from ${time}.`
  return refuse('method-cooling-off', text, 'method')
}

const refuseMember = ({ currency, isUnderReview, wallet }: RequestFacts): Refusal | null => {
  if (wallet.isFrozen) {
    return refuse('wallet-frozen', 'We are checking your balance. Contact us if this lasts.', null)
  }
  if (wallet.availableMinor < 0) {
    const balance = formatMoney(wallet.availableMinor, currency)
    const text = `Your balance is ${balance}. Withdrawals are possible once it is above zero.`
    return refuse('wallet-negative', text, null)
  }
  return isUnderReview
    ? refuse('under-review', 'We are reviewing your account. Contact us if this lasts.', null)
    : null
}

const refuseAmount = (
  { currency, dayMinor, driverRefusal, grossMinor, wallet }: RequestFacts,
  rule: PayoutRule,
): Refusal | null => {
  const print = (amountMinor: number) => formatMoney(amountMinor, currency)
  const refuseAs = (problem: string, text: string) => refuse(problem, text, 'amountMinor')
  if (grossMinor < rule.minMinor) {
    return refuseAs('below-minimum', `The minimum is ${print(rule.minMinor)}.`)
  }
  if (grossMinor > rule.maxMinor) {
    return refuseAs('above-maximum', `The maximum is ${print(rule.maxMinor)}.`)
  }
  if (driverRefusal) return refuseAs('not-payable', driverRefusal.message)
  if (grossMinor > wallet.availableMinor) {
    return refuseAs('insufficient', `You have ${print(wallet.availableMinor)} available.`)
  }
  if (grossMinor + dayMinor > rule.memberDayMinor) {
    const left = print(Math.max(0, rule.memberDayMinor - dayMinor))
    const most = print(rule.memberDayMinor)
    return refuseAs('day-limit', `You can withdraw ${most} in 24 hours; ${left} is left.`)
  }
  return null
}

const refuse = (problem: string, message: string, field: string | null): Refusal => ({
  code: `withdrawal.${problem}`,
  message,
  field,
})
