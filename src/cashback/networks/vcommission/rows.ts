import { z } from 'zod'

import type { TransactionStatus } from '../../../domain/cashback/transaction.ts'
import { parseCurrency, parseMinor } from '../parts/amounts.ts'
import { optionalAmount, optionalText, requiredAmount, requiredText } from '../parts/fields.ts'
import { generateId } from '../parts/ids.ts'
import { parseInstant } from '../parts/instants.ts'
import { readPostbackRow } from '../parts/postbacks.ts'
import type { Postback, TransactionRow } from '../types.ts'

/**
 * A conversion as Trackier documents it; vCommission runs on Trackier's platform
 * (https://github.com/trackier/perf-pub-api-docs). `sale_amount` is not documented. It is read if
 * it is present and in the payout's currency.
 */
const Conversion = z.object({
  _id: optionalText,
  p1: optionalText,
  txn_id: optionalText,
  campaign_id: optionalText,
  campaign_name: optionalText,
  goal_id: optionalText,
  payout: requiredAmount,
  currency: optionalText,
  orig_sale_currency: optionalText,
  sale_amount: optionalAmount.optional(),
  created: requiredText,
  status: requiredText,
  note: optionalText,
})

/** Trackier's default for a missing currency. */
const DEFAULT_CURRENCY = 'USD'

/** Reads a row of the report. Times without a zone are at `utcOffset`. */
export const readConversion = (raw: unknown, utcOffset: string): TransactionRow => {
  const row = Conversion.parse(raw)
  const currency = parseCurrency(row.currency ?? DEFAULT_CURRENCY)
  const eventAt = parseInstant(row.created, utcOffset)
  const { campaign_id: programId, goal_id: more, p1: subId, txn_id: orderId } = row
  return {
    externalId: row._id ?? generateId({ programId, orderId, subId, eventAt, more }),
    isIdGenerated: row._id === null,
    orderId,
    subId,
    programId,
    programName: row.campaign_name,
    status: mapStatus(row.status),
    rawStatus: row.status,
    saleMinor: parseSaleMinor(row, currency),
    commissionMinor: parseMinor(row.payout, currency),
    currency,
    eventAt,
    clickedAt: null,
    changedAt: null,
    reversalOf: null,
    comment: row.note,
    raw,
  }
}

const parseSaleMinor = (row: z.output<typeof Conversion>, currency: string): number | null => {
  const isSameCurrency = (row.orig_sale_currency ?? currency).toUpperCase() === currency
  return row.sale_amount == null || !isSameCurrency ? null : parseMinor(row.sale_amount, currency)
}

const STATUSES = new Map<string, TransactionStatus>([
  ['pending', 'pending'],
  ['approved', 'approved'],
  ['cancelled', 'declined'],
  ['rejected', 'declined'],
])

const mapStatus = (rawStatus: string): TransactionStatus =>
  STATUSES.get(rawStatus.toLowerCase()) ?? 'unknown'

/**
 * We choose these names in the postback URL that vCommission gets. No macro for the conversion's id
 * is documented, and `txn_id` is the merchant's. Without `conversion_id` and `created` a postback
 * identifies no transaction of the report, so the API is polled.
 */
const PostbackFields = z.object({
  conversion_id: requiredText,
  created: requiredText,
  click_id: optionalText,
  txn_id: optionalText,
  campaign_id: optionalText,
  payout: requiredAmount,
  currency: optionalText,
  status: requiredText,
})

/** Reads a postback. docs/networks.md lists its parameters. */
export const readPostback = (fields: Record<string, string>, utcOffset: string): Postback =>
  readPostbackRow(fields, (raw): TransactionRow => {
    const row = PostbackFields.parse(raw)
    const currency = parseCurrency(row.currency ?? DEFAULT_CURRENCY)
    return {
      externalId: row.conversion_id,
      isIdGenerated: false,
      orderId: row.txn_id,
      subId: row.click_id,
      programId: row.campaign_id,
      programName: null,
      status: mapStatus(row.status),
      rawStatus: row.status,
      saleMinor: null,
      commissionMinor: parseMinor(row.payout, currency),
      currency,
      eventAt: parseInstant(row.created, utcOffset),
      clickedAt: null,
      changedAt: null,
      reversalOf: null,
      comment: null,
      raw,
    }
  })
