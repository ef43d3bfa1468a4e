import { addDays } from '../dates.ts'
import type { NameMatch } from './compareNames.ts'
import type { PayoutRule } from './payoutRule.ts'

export type AutoApprovalFacts = {
  now: Date
  rule: Pick<
    PayoutRule,
    | 'autoApproveAfterDays'
    | 'autoApproveAfterSettled'
    | 'autoApproveBelowMinor'
    | 'fourEyesAboveMinor'
  >
  /** Minor units of the rule's currency. */
  grossMinor: number
  /** Minor units of the member's withdrawals approved without a person in the last 24 hours. */
  autoDayMinor: number
  memberSince: Date
  /** The member's earlier settled withdrawals. */
  settledCount: number
  /** True if another member has a method with the same fingerprint. */
  isAccountShared: boolean
  nameMatch: NameMatch
  /** True if any wallet of the member is below zero. */
  hasNegativeWallet: boolean
  isUnderReview: boolean
  /** When a withdrawal of the member was last returned, or null. */
  lastReturnedAt: Date | null
  /** True if a payment to the member was ever reported after its money went back. */
  hasLateSuccess: boolean
  /** When the method was added or last changed. */
  methodChangedAt: Date
}

/** Why a person has to approve; the desk shows the text. */
export type ManualReason = { code: ManualReasonCode; words: string }
type ManualReasonCode =
  | 'amount'
  | 'few-settled'
  | 'four-eyes'
  | 'late-success'
  | 'name'
  | 'negative-wallet'
  | 'new-member'
  | 'new-method'
  | 'returned'
  | 'shared-account'
  | 'under-review'

const RETURNED_DAYS = 90
const METHOD_DAYS = 30

/**
 * Decides whether a withdrawal is approved without a person. Returns all reasons against it; none
 * means yes. Amounts of one day count together, so that a large one cannot be split.
 */
export const decideAutoApproval = (facts: AutoApprovalFacts): ManualReason[] => {
  const { grossMinor, lastReturnedAt, now, rule } = facts
  const isYounger = (at: Date, days: number): boolean => addDays(at, days) > now
  const sumMinor = grossMinor + facts.autoDayMinor
  const { autoApproveAfterDays: days, autoApproveAfterSettled: settled } = rule
  const checks: [ManualReasonCode, boolean, string][] = [
    ['amount', sumMinor >= rule.autoApproveBelowMinor, 'Not below the automatic amount of a day'],
    ['four-eyes', grossMinor > rule.fourEyesAboveMinor, 'Needs two approvals'],
    ['new-member', isYounger(facts.memberSince, days), `Member for less than ${days} days`],
    ['few-settled', facts.settledCount < settled, `Fewer than ${settled} settled withdrawals`],
    ['shared-account', facts.isAccountShared, 'Another member has the same account'],
    ['name', facts.nameMatch !== 'match', NAME_WORDS[facts.nameMatch]],
    ['negative-wallet', facts.hasNegativeWallet, 'A wallet is below zero'],
    ['under-review', facts.isUnderReview, 'The member is under review'],
    [
      'returned',
      lastReturnedAt !== null && isYounger(lastReturnedAt, RETURNED_DAYS),
      `A withdrawal was returned in the last ${RETURNED_DAYS} days`,
    ],
    ['late-success', facts.hasLateSuccess, 'An earlier payment was reported late'],
    [
      'new-method',
      isYounger(facts.methodChangedAt, METHOD_DAYS),
      `The method was changed in the last ${METHOD_DAYS} days`,
    ],
  ]
  return checks.filter(([, applies]) => applies).map(([code, , words]) => ({ code, words }))
}

const NAME_WORDS: Record<NameMatch, string> = {
  match: '',
  partial: 'The names match in part',
  mismatch: 'The names differ',
  unknown: 'The names cannot be compared',
}
