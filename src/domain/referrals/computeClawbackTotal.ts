import { DomainError } from '../errors.ts'

/**
 * Computes the total clawback of a commission, in minor units, for the refunded total of its
 * payment: half-up(commission × refunded ÷ payment). It uses the commission's own terms, not the
 * current rate and cap. A full refund claws back exactly the commission. Each refund takes the
 * difference to the earlier clawbacks, so the order and number of refunds do not matter.
 *
 * @example computeClawbackTotal({ commissionMinor: 1_000, refundedMinor: 3_333, paymentMinor: 10_000 }) // 333
 * @throws DomainError `refund.exceeds-payment`
 */
export const computeClawbackTotal = ({
  commissionMinor,
  paymentMinor,
  refundedMinor,
}: {
  commissionMinor: number
  refundedMinor: number
  paymentMinor: number
}): number => {
  if (refundedMinor > paymentMinor) {
    throw new DomainError('refund.exceeds-payment', 'More than the payment was refunded.')
  }
  const payment = BigInt(paymentMinor)
  return Number((BigInt(commissionMinor) * BigInt(refundedMinor) * 2n + payment) / (payment * 2n))
}
