/**
 * The statuses of a network transaction, the same for all networks. `confirmed`: accepted, but not
 * payable yet. `approved`: payable. `paid`: the network has paid us. `unknown`: an unmapped status,
 * so no money moves.
 */
export const TRANSACTION_STATUSES = [
  'pending',
  'confirmed',
  'approved',
  'paid',
  'declined',
  'unknown',
] as const
export type TransactionStatus = (typeof TRANSACTION_STATUSES)[number]

/**
 * Returns the status that determines the cashback. An approved transaction that a statement pays is
 * `paid`. Any other status of the network stays, such as a decline after the payment.
 *
 * @example statusForCashback('approved', true) // 'paid'
 */
export const statusForCashback = (
  status: TransactionStatus,
  isPaidFor: boolean,
): TransactionStatus => (status === 'approved' && isPaidFor ? 'paid' : status)

const RANK: Record<TransactionStatus, number> = {
  unknown: 0,
  pending: 1,
  confirmed: 2,
  declined: 3,
  approved: 4,
  paid: 5,
}

/** Returns true if the first status is further along than the other. */
export const isFurtherAlong = (one: TransactionStatus, other: TransactionStatus): boolean =>
  RANK[one] > RANK[other]

/**
 * Returns the order that a row reverses; null if the row is no reversal. Networks write a reversal
 * as a row of its own below zero, with the order's id.
 */
export const reversedOrder = (row: {
  commissionMinor: number
  orderId: string | null
  reversalOf: string | null
}): string | null => row.reversalOf ?? (row.commissionMinor < 0 ? row.orderId : null)
