import type { MethodKind } from './methodKinds.ts'

/**
 * How one kind of method pays out one currency: a row of `payout-config`. Amounts are minor units
 * of `currency`. Every limit is a number, so that a forgotten one cannot mean "no limit".
 */
export type PayoutRule = {
  currency: string
  kind: MethodKind
  /** The name of the driver that pays. */
  driver: string
  /** The name of the bank profile, for drivers that write a file. */
  bankProfile: string | null
  isOn: boolean
  minMinor: number
  maxMinor: number
  /** The most that one member may request in 24 hours. */
  memberDayMinor: number
  /** The most that one person may approve alone in 24 hours. */
  actorDayMinor: number
  /** Amounts below it may be approved without a person; 0 approves none. */
  autoApproveBelowMinor: number
  /** The age of the member's account in days, from which approval without a person is possible. */
  autoApproveAfterDays: number
  /** The number of earlier settled withdrawals, from which it is possible. */
  autoApproveAfterSettled: number
  /** Amounts above it need two approvals. */
  fourEyesAboveMinor: number
  /** Hours for which a new or changed method cannot be used. */
  coolOffHours: number
  feeFixedMinor: number
  feePercentBps: number
  /** Who pays the fee: it lowers what the member receives, or the platform bears it. */
  feeBearer: 'member' | 'platform'
}

/** Returns the rule of a kind of method and a currency, also one that is off; null without one. */
export const findRule = (
  rules: readonly PayoutRule[],
  kind: MethodKind,
  currency: string,
): PayoutRule | null =>
  rules.find((rule) => rule.kind === kind && rule.currency === currency) ?? null
