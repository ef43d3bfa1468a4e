export type PaymentStatus = 'pending' | 'completed' | 'failed'

/** From each status to those that may follow it; null is a payment that does not exist yet. */
const NEXT: Record<PaymentStatus | 'new', readonly PaymentStatus[]> = {
  new: ['pending', 'completed', 'failed'],
  pending: ['pending', 'completed', 'failed'],
  completed: ['completed'],
  failed: ['failed'],
}

/** Staying is always allowed, so that a retried request is not an error. */
export const canMovePayment = (from: PaymentStatus | null, to: PaymentStatus): boolean =>
  NEXT[from ?? 'new'].includes(to)
