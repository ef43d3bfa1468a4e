import { z } from 'zod'

import { isCurrency } from '../../../domain/currency.ts'
import { toMinor } from '../../../domain/money.ts'
import { cleanCode, cleanText } from '../cleanText.ts'
import { toReport, unknownReport } from '../sendOrder.ts'
import type { PayoutReport } from '../types.ts'

const Amount = z.object({ currency: z.string(), value: z.string() })

/** One payout as PayPal shows it, in a batch and in an event. */
export const PaypalItem = z.object({
  transaction_status: z.string().nullish(),
  transaction_id: z.string().nullish(),
  payout_batch_id: z.string().nullish(),
  payout_item_fee: Amount.nullish().catch(null),
  payout_item: z
    .object({ sender_item_id: z.string().nullish(), amount: Amount.nullish() })
    .nullish(),
  errors: z.object({ name: z.string(), message: z.string().nullish() }).nullish().catch(null),
})
type Item = z.output<typeof PaypalItem>

const Batch = z.object({
  batch_header: z.object({
    payout_batch_id: z.string().min(1),
    batch_status: z.string(),
    sender_batch_header: z.object({ sender_batch_id: z.string() }).nullish(),
  }),
  items: z.array(PaypalItem).nullish(),
})

/**
 * Reads a batch of one payout. The status of the batch decides only where PayPal refused the whole
 * batch: `SUCCESS` of a batch means that all items were handled, not that they were paid. A batch
 * of another order, with several items or without the expected shape is `unknown`.
 */
export const readBatch = (body: unknown, key: string): PayoutReport => {
  const { data } = Batch.safeParse(body)
  if (!data) return unknown('malformed-reply', null)
  const { batch_header: header, items } = data
  const providerId = header.payout_batch_id
  const owner = header.sender_batch_header?.sender_batch_id
  if (owner !== undefined && owner !== key) return unknown('other-order', providerId)
  const [item, ...others] = items ?? []
  if (others.length > 0) return unknown('several', providerId)
  const itemKey = item?.payout_item?.sender_item_id
  if (itemKey && itemKey !== key) return unknown('other-order', providerId)

  const report = item?.transaction_status ? readItem(item) : null
  if (REFUSED_BATCHES.has(header.batch_status)) {
    return decideRefusedBatch({ report, providerId, code: header.batch_status })
  }
  if (report) return { ...report, providerId }
  if (OPEN_BATCHES.has(header.batch_status)) return toReport({ status: 'pending', providerId })
  return unknown(cleanCode(`batch-${header.batch_status}`) ?? 'batch', providerId)
}

/** Statuses of a batch; the enum of https://developer.paypal.com/docs/api/payments.payouts-batch/v1/ */
const OPEN_BATCHES: ReadonlySet<string> = new Set(['PENDING', 'PROCESSING'])
const REFUSED_BATCHES: ReadonlySet<string> = new Set(['CANCELED', 'DENIED'])

type RefusedBatch = { report: PayoutReport | null; providerId: string; code: string }

/** A refused batch paid nothing. An item that was paid all the same contradicts it. */
export const decideRefusedBatch = ({ code, providerId, report }: RefusedBatch): PayoutReport => {
  if (report?.status === 'failed' || report?.status === 'returned') return { ...report, providerId }
  if (report?.status === 'settled') return unknown('contradictory', providerId)
  return toReport({ status: 'failed', providerId, code, remedy: 'operator' })
}

/** Reads the one item of a batch. A status that PayPal does not document is `unknown`. */
export const readItem = (item: Item): PayoutReport => {
  const { errors, transaction_status: word } = item
  const meaning = word ? ITEM_STATUSES[word] : undefined
  const error = cleanCode(errors?.name)
  const isOver = meaning?.status === 'failed' || meaning?.status === 'returned'
  return {
    status: meaning?.status ?? 'unknown',
    providerId: item.payout_batch_id ?? null,
    bankReference: item.transaction_id ?? null,
    code: meaning?.status === 'settled' ? null : (error ?? cleanCode(word) ?? 'no-status'),
    detail: errors?.message ? cleanText(errors.message) : null,
    remedy: isOver ? ((error ? ITEM_ERRORS[error] : undefined) ?? meaning.remedy) : null,
    feeMinor: readFee(item),
  }
}

type Meaning = { status: PayoutReport['status']; remedy: PayoutReport['remedy'] }

/**
 * Statuses of an item (`transaction_status`). UNCLAIMED: the recipient has no account or has not
 * confirmed its address; PayPal returns the money after 30 days. ONHOLD: PayPal reviews it.
 * BLOCKED: PayPal refused it. REFUNDED: the recipient sent it back. REVERSED: PayPal took it back.
 */
export const ITEM_STATUSES: Readonly<Record<string, Meaning>> = {
  PENDING: { status: 'pending', remedy: null },
  ONHOLD: { status: 'pending', remedy: null },
  UNCLAIMED: { status: 'pending', remedy: null },
  SUCCESS: { status: 'settled', remedy: null },
  RETURNED: { status: 'returned', remedy: 'fix' },
  REFUNDED: { status: 'returned', remedy: 'fix' },
  REVERSED: { status: 'returned', remedy: 'operator' },
  FAILED: { status: 'failed', remedy: 'operator' },
  BLOCKED: { status: 'failed', remedy: 'operator' },
}

/**
 * What can be done about an item's error. The codes are those of
 * https://developer.paypal.com/api/payments.payouts-batch/v1/errors/ and of public clients; the
 * status decides about a code that is not listed.
 */
export const ITEM_ERRORS: Readonly<Record<string, NonNullable<PayoutReport['remedy']>>> = {
  RECEIVER_UNREGISTERED: 'fix',
  RECEIVER_UNCONFIRMED: 'fix',
  RECEIVER_ACCOUNT_LOCKED: 'fix',
  RECEIVER_ACCOUNT_LIMITATION: 'fix',
  RECEIVER_COUNTRY_NOT_ALLOWED: 'fix',
  RECEIVER_STATE_RESTRICTED: 'fix',
  RECEIVER_REFUSED: 'fix',
  RECEIVER_YOUTH_ACCOUNT: 'fix',
  RECEIVING_LIMIT_EXCEEDED: 'later',
  INTERNAL_ERROR: 'later',
  CURRENCY_NOT_SUPPORTED_FOR_RECEIVER: 'fix',
  CURRENCY_COMPLIANCE: 'never',
  REGULATORY_BLOCKED: 'never',
  SELF_PAY_NOT_ALLOWED: 'fix',
  INSUFFICIENT_FUNDS: 'operator',
  RISK_DECLINE: 'operator',
  SENDER_ACCOUNT_LOCKED: 'operator',
  SENDER_ACCOUNT_UNVERIFIED: 'operator',
  SENDER_RESTRICTED: 'operator',
  SENDER_STATE_RESTRICTED: 'operator',
}

/**
 * The fee in minor units. Null in another currency than the payout's, and while it is zero: PayPal
 * fills it in when it begins to pay.
 */
const readFee = ({ payout_item: order, payout_item_fee: fee }: Item): number | null => {
  if (!fee || !isCurrency(fee.currency) || order?.amount?.currency !== fee.currency) return null
  try {
    return toMinor(fee.value, fee.currency) || null
  } catch {
    return null
  }
}

const unknown = (code: string, providerId: string | null): PayoutReport => ({
  ...unknownReport({ code, detail: '' }),
  providerId,
})
