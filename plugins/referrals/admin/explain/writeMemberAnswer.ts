import type { SkipReason } from '../../../../src/domain/referrals/commission.ts'
import type { DecidedCommission } from '../../../../src/domain/referrals/explainCommission.ts'
import { formatMoney } from '../../../../src/domain/money.ts'

/**
 * Writes the answer for a member who wants to know why a purchase earned nothing: plain words, no
 * names, and no internals.
 */
export const writeMemberAnswer = (commission: DecidedCommission, day: string): string =>
  commission.reason ? ANSWERS[commission.reason](commission, day) : ''

const ANSWERS: Record<SkipReason, (commission: DecidedCommission, day: string) => string> = {
  'program-disabled': (_, day) =>
    `Referral rewards were paused on ${day}. Purchases made while they are paused earn nothing.`,
  'no-referrer': (_, day) =>
    `The purchase on ${day} came from an account that was opened without an invite code. Rewards are paid for accounts that were opened with one.`,
  'self-referral': (_, day) =>
    `The purchase on ${day} was made from your own account. Referral rewards are paid for inviting other people, so this one earned nothing.`,
  'same-email': (_, day) =>
    `The purchase on ${day} came from an account with the same e-mail address as yours. Referral rewards are paid for inviting other people, so this one earned nothing.`,
  'same-phone': (_, day) =>
    `The purchase on ${day} came from an account with the same phone number as yours. Referral rewards are paid for inviting other people, so this one earned nothing.`,
  'not-confirmed': (_, day) =>
    `On ${day} your account or the buyer’s had no confirmed e-mail address or phone number. Referral rewards are paid between people who have confirmed one.`,
  'referral-loop': (_, day) =>
    `You and the buyer of ${day} invited each other, directly or through others. Purchases between people who invited each other are not rewarded.`,
  'referrer-inactive': (_, day) =>
    `Referral rewards were switched off in your account on ${day}. Purchases made after you switch them on will earn.`,
  'duration-ended': ({ rule }, day) =>
    rule.duration === 'first'
      ? `Only the first purchase of a person you invited is rewarded, and the one on ${day} was a later one.`
      : `Purchases of a person you invited are rewarded for ${String(rule.durationMonths ?? 0)} months after they join, and the one on ${day} came later.`,
  'currency-not-configured': ({ currency }, day) =>
    `The purchase on ${day} was paid in ${currency}, and purchases in ${currency} are not rewarded.`,
  'below-minimum': ({ currency, rule }, day) => {
    const limits = rule.currencies.find((row) => row.currency === currency)
    return `Purchases from ${formatMoney(limits?.minPaymentMinor ?? 0, currency)} are rewarded, and the one on ${day} was smaller.`
  },
  'rounds-to-zero': ({ baseMinor, currency }, day) =>
    `The purchase of ${formatMoney(baseMinor, currency)} on ${day} was too small: its reward is less than the smallest coin.`,
}
