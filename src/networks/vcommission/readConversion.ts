import { z } from 'zod'

import { maybeAmount, maybeText, someAmount, someText } from '../parts/fields.ts'
import { instantOf } from '../parts/instantOf.ts'
import { madeId } from '../parts/madeId.ts'
import { currencyOf, minorOf } from '../parts/minorOf.ts'
import type { SaleStatus } from '../../domain/sale.ts'
import type { SaleRow } from '../types.ts'

/**
 * A conversion as Trackier documents it, on whose platform vCommission runs
 * (https://github.com/trackier/perf-pub-api-docs). `sale_amount` is not documented; it is read where
 * it comes and is in the currency of the payout.
 */
const Conversion = z.object({
  _id: maybeText,
  p1: maybeText,
  txn_id: maybeText,
  campaign_id: maybeText,
  campaign_name: maybeText,
  goal_id: maybeText,
  payout: someAmount,
  currency: maybeText,
  orig_sale_currency: maybeText,
  sale_amount: maybeAmount.optional(),
  created: someText,
  status: someText,
  note: maybeText,
})

/** Trackier: a currency that is not given is US dollars. */
const FALLBACK_CURRENCY = 'USD'

/** Reads a row of the report; times without a zone are at `utcOffset`. */
export const readConversion = (raw: unknown, utcOffset: string): SaleRow => {
  const row = Conversion.parse(raw)
  const currency = currencyOf(row.currency ?? FALLBACK_CURRENCY)
  const eventAt = instantOf(row.created, utcOffset)
  const { campaign_id: merchantId, goal_id: more, p1: clickId, txn_id: orderId } = row
  return {
    externalId: row._id ?? madeId({ merchantId, orderId, clickId, eventAt, more }),
    isIdMade: row._id === null,
    orderId,
    clickId,
    merchantId,
    merchantName: row.campaign_name,
    status: statusOf(row.status),
    rawStatus: row.status,
    saleMinor: saleOf(row, currency),
    commissionMinor: minorOf(row.payout, currency),
    currency,
    eventAt,
    clickedAt: null,
    changedAt: null,
    returnOf: null,
    comment: row.note,
    raw,
  }
}

const saleOf = (row: z.output<typeof Conversion>, currency: string): number | null => {
  const isSame = (row.orig_sale_currency ?? currency).toUpperCase() === currency
  return row.sale_amount == null || !isSame ? null : minorOf(row.sale_amount, currency)
}

const STATUSES = new Map<string, SaleStatus>([
  ['pending', 'pending'],
  ['approved', 'approved'],
  ['cancelled', 'declined'],
  ['rejected', 'declined'],
])

export const statusOf = (word: string): SaleStatus => STATUSES.get(word.toLowerCase()) ?? 'unknown'
