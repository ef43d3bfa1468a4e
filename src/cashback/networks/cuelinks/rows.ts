import { z } from 'zod'

import type { TransactionStatus } from '../../../domain/cashback/transaction.ts'
import { parseCurrency, parseMinor } from '../parts/amounts.ts'
import { optionalAmount, optionalText, requiredAmount, requiredText } from '../parts/fields.ts'
import { generateId, hashJson } from '../parts/ids.ts'
import { parseInstant } from '../parts/instants.ts'
import { readPostbackRow } from '../parts/postbacks.ts'
import type { Postback, TransactionRow } from '../types.ts'

/** A transaction as public clients read it; CueLinks' documentation is not public. */
const Transaction = z.object({
  id: optionalText,
  aff_sub: optionalText,
  subid1: optionalText,
  order_id: optionalText,
  product_name: optionalText,
  campaign_id: optionalText,
  store_name: optionalText,
  sale_amount: optionalAmount,
  user_commission: requiredAmount,
  currency: optionalText,
  status: requiredText,
  transaction_date: requiredText,
  extra_info: optionalText,
})

/** The currency of a row without one. */
const DEFAULT_CURRENCY = 'INR'

/** Reads a row of the report. Times without a zone are at `utcOffset`. */
export const readTransaction = (raw: unknown, utcOffset: string): TransactionRow => {
  const row = Transaction.parse(raw)
  const currency = parseCurrency(row.currency ?? DEFAULT_CURRENCY)
  const eventAt = parseInstant(row.transaction_date, utcOffset)
  const subId = row.aff_sub ?? row.subid1
  const commissionMinor = parseMinor(row.user_commission, currency)
  const { campaign_id: programId, product_name: more } = row
  // Without an order id, an order is known by its own id; a reversal has an id of its own.
  const orderId = row.order_id ?? (commissionMinor < 0 ? null : row.id)
  return {
    externalId: row.id
      ? buildExternalId(row.id, row.product_name)
      : generateId({ programId, orderId: row.order_id, subId, eventAt, more }),
    isIdGenerated: row.id === null,
    orderId,
    subId,
    programId,
    programName: row.store_name,
    status: mapStatus(row.status),
    rawStatus: row.status,
    saleMinor: row.sale_amount === null ? null : parseMinor(row.sale_amount, currency),
    commissionMinor,
    currency,
    eventAt,
    clickedAt: null,
    changedAt: null,
    reversalOf: null,
    comment: row.extra_info,
    raw,
  }
}

/**
 * An order of several items repeats its id for each item, so the product's name becomes part of the
 * id.
 */
const buildExternalId = (id: string, product: string | null): string =>
  product === null ? id : `${id}-${hashJson(product).slice(0, 12)}`

/**
 * `validated`: the merchant approved, but has not paid; `payable`: it may be invoiced. `claimed`,
 * which one old client knows, stays unmapped.
 */
const STATUSES = new Map<string, TransactionStatus>([
  ['pending', 'pending'],
  ['validated', 'confirmed'],
  ['payable', 'approved'],
  ['invoice_raised', 'approved'],
  ['paid', 'paid'],
  ['rejected', 'declined'],
])

const mapStatus = (rawStatus: string): TransactionStatus =>
  STATUSES.get(rawStatus.toLowerCase()) ?? 'unknown'

/**
 * Names that clients use, except `status` and `transaction_date`, which no source confirms. Without
 * these a postback has no row, and the API is polled.
 */
const PostbackFields = z.object({
  transaction_id: requiredText,
  transaction_date: requiredText,
  status: requiredText,
  commission_amount: requiredAmount,
  transaction_amount: optionalAmount,
  currency: optionalText,
  click_id: optionalText,
  merchant_transaction_id: optionalText,
  product_name: optionalText,
  campaign_id: optionalText,
})

/** Reads a postback. docs/networks.md lists its parameters. */
export const readPostback = (fields: Record<string, string>, utcOffset: string): Postback =>
  readPostbackRow(fields, (raw): TransactionRow => {
    const row = PostbackFields.parse(raw)
    const currency = parseCurrency(row.currency ?? DEFAULT_CURRENCY)
    const { transaction_amount: sale } = row
    return {
      externalId: buildExternalId(row.transaction_id, row.product_name),
      isIdGenerated: false,
      orderId: row.merchant_transaction_id,
      subId: row.click_id,
      programId: row.campaign_id,
      programName: null,
      status: mapStatus(row.status),
      rawStatus: row.status,
      saleMinor: sale === null ? null : parseMinor(sale, currency),
      commissionMinor: parseMinor(row.commission_amount, currency),
      currency,
      eventAt: parseInstant(row.transaction_date, utcOffset),
      clickedAt: null,
      changedAt: null,
      reversalOf: null,
      comment: null,
      raw,
    }
  })
