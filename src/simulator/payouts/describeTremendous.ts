import type { Payment } from './createBank.ts'

type Request = { reward: { value: object; recipient: object; products: string[] } }

/**
 * Describes an order of one reward. Only the answer to the order itself contains the link; a
 * look-up does not, and another link is made on request.
 */
export const describeOrder = (payment: Payment, { withLink }: { withLink: boolean }) => {
  const { at, amountMinor, currency, id, key, request, state } = payment
  const { recipient, value } = (request as Request).reward
  const amount = amountMinor / 100
  const isDelivered = state === 'settled' && !isCodeMissing(payment)
  return {
    id,
    external_id: key,
    created_at: at.toISOString(),
    status: STATUSES[state],
    channel: 'API',
    payment: {
      subtotal: amount,
      total: amount,
      fees: 0,
      discount: 0,
      currency_code: currency,
      ...(state === 'returned' ? { refund: { total: amount, currency_code: currency } } : {}),
    },
    rewards: [
      {
        id: rewardIdOf(payment),
        order_id: id,
        created_at: at.toISOString(),
        value,
        recipient,
        delivery: {
          method: 'LINK',
          status: isDelivered ? 'SUCCEEDED' : 'PENDING',
          ...(isDelivered && withLink ? { link: linkOf(payment) } : {}),
        },
      },
    ],
  }
}

/** The id of the order's only reward. */
export const rewardIdOf = ({ id }: Payment): string => `R${id.slice(1)}`

/** The link to the reward. */
export const linkOf = (payment: Payment): string =>
  `https://testflight.tremendous.com/rewards/payout/${payment.id.toLowerCase()}`

const isCodeMissing = ({ extra, fault }: Payment): boolean =>
  fault === 'codes-later' && extra?.isCodeShown !== true

const STATUSES: Record<Payment['state'], string> = {
  pending: 'PENDING APPROVAL',
  queued: 'PENDING SETTLEMENT',
  unclaimed: 'EXECUTED',
  settled: 'EXECUTED',
  failed: 'FAILED',
  returned: 'CANCELED',
}
