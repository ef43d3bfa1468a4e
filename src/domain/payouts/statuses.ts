/** The states of a withdrawal. */
export const WITHDRAWAL_STATUSES = [
  'requested',
  'on-hold',
  'approved',
  'sent',
  'in-doubt',
  'settled',
  'failed',
  'returned',
  'rejected',
  'cancelled',
] as const
export type WithdrawalStatus = (typeof WITHDRAWAL_STATUSES)[number]

/**
 * The states of an attempt. `sending`: stored and debited, and it is not known whether the provider
 * was reached.
 */
export const ATTEMPT_STATUSES = [
  'sending',
  'sent',
  'in-doubt',
  'settled',
  'failed',
  'returned',
] as const
export type AttemptStatus = (typeof ATTEMPT_STATUSES)[number]
