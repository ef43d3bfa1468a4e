import { DomainError } from './errors.ts'

/**
 * What of a commission is to be taken back in all, once so much of its payment is refunded:
 * half-up(commission × refunded ÷ payment). At the commission's own terms: rate and cap of today do
 * not enter. When the whole payment is refunded it is exactly the commission, and each refund takes
 * the difference to what was taken before, so the order and number of refunds do not matter.
 *
 * @example clawedBackInTotal({ commissionMinor: 1_000, refundedMinor: 3_333, paymentMinor: 10_000 }) // 333
 * @throws DomainError `refund.exceeds-payment`
 */
export const clawedBackInTotal = ({
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
