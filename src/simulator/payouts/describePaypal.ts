import type { Payment } from './createBank.ts'

/** Describes a batch of one item as `GET /v1/payments/payouts/{id}` does. */
export const describeBatch = (payment: Payment, baseUrl: string) => ({
  batch_header: describeHeader(payment),
  items: [describeItem(payment)],
  links: [{ href: `${baseUrl}/v1/payments/payouts/${payment.id}`, rel: 'self', method: 'GET' }],
})

/** Describes the head of a batch. */
export const describeHeader = (payment: Payment) => ({
  payout_batch_id: payment.id,
  batch_status: isDenied(payment) ? 'DENIED' : (BATCH_STATUSES[payment.state] ?? 'SUCCESS'),
  time_created: payment.at.toISOString(),
  sender_batch_header: { sender_batch_id: payment.key },
})

/** Describes the item of a batch, as look-ups and events do. */
export const describeItem = (payment: Payment) => {
  const { bankReference, changedAt, currency, extra, id, key, request } = payment
  const { items } = request as { items: object[] }
  const status = findStatus(payment)
  const error = findError(payment)
  // Two percent, once PayPal begins to pay.
  const fee = payment.state === 'pending' ? 0 : Math.floor(payment.amountMinor / 50)
  return {
    payout_item_id: extra?.itemId,
    ...(bankReference ? { transaction_id: bankReference } : {}),
    transaction_status: status,
    payout_item_fee: { currency, value: formatAmount(fee, currency) },
    payout_batch_id: id,
    sender_batch_id: key,
    payout_item: items[0],
    time_processed: changedAt.toISOString(),
    ...(error ? { errors: { name: error, message: `The item failed: ${error}.` } } : {}),
  }
}

/** The account cannot pay: PayPal denies the whole batch. */
export const isDenied = ({ reason, state }: Payment): boolean =>
  state === 'failed' && reason === 'INSUFFICIENT_FUNDS'

const BATCH_STATUSES: Partial<Record<Payment['state'], string>> = {
  pending: 'PROCESSING',
  queued: 'PENDING',
}

const STATUSES: Record<Payment['state'], string> = {
  pending: 'PENDING',
  queued: 'ONHOLD',
  unclaimed: 'UNCLAIMED',
  settled: 'SUCCESS',
  failed: 'FAILED',
  returned: 'REVERSED',
}

/** PayPal returns what was not claimed or was cancelled; the recipient refunds; PayPal reverses. */
const RETURNS: Record<string, string> = {
  CANCELED: 'RETURNED',
  REFUNDED: 'REFUNDED',
  RETURNED: 'RETURNED',
}

const findStatus = ({ bankReference, reason, state }: Payment): string => {
  if (state === 'failed' && reason === 'RISK_DECLINE') return 'BLOCKED'
  if (state !== 'returned') return STATUSES[state]
  // What was never paid comes back because it was not claimed.
  return RETURNS[reason ?? ''] ?? (bankReference ? 'REVERSED' : 'RETURNED')
}

const findError = ({ reason, state }: Payment): string | null => {
  if (state === 'unclaimed') return 'RECEIVER_UNREGISTERED'
  return state === 'failed' ? reason : null
}

const formatAmount = (minor: number, currency: string): string =>
  currency === 'JPY' ? String(minor) : (minor / 100).toFixed(2)
