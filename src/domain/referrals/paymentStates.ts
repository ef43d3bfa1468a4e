export type PaymentStatus = 'pending' | 'completed' | 'failed'

/** The statuses that may follow each status; `new` is a payment that does not exist yet. */
const NEXT: Record<PaymentStatus | 'new', readonly PaymentStatus[]> = {
  new: ['pending', 'completed', 'failed'],
  pending: ['pending', 'completed', 'failed'],
  completed: ['completed'],
  failed: ['failed'],
}

/**
 * Returns true if a payment may change from one status to another. The same status is always
 * allowed.
 */
export const canMovePayment = (from: PaymentStatus | null, to: PaymentStatus): boolean =>
  NEXT[from ?? 'new'].includes(to)
