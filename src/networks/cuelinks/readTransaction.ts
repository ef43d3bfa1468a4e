import { z } from 'zod'

import { maybeAmount, maybeText, someAmount, someText } from '../parts/fields.ts'
import { instantOf } from '../parts/instantOf.ts'
import { hashOf, madeId } from '../parts/madeId.ts'
import { currencyOf, minorOf } from '../parts/minorOf.ts'
import type { SaleStatus } from '../../domain/sale.ts'
import type { SaleRow } from '../types.ts'

/** A transaction as public clients read it; CueLinks' own document is not to be had. */
const Transaction = z.object({
  id: maybeText,
  aff_sub: maybeText,
  subid1: maybeText,
  order_id: maybeText,
  product_name: maybeText,
  campaign_id: maybeText,
  store_name: maybeText,
  sale_amount: maybeAmount,
  user_commission: someAmount,
  currency: maybeText,
  status: someText,
  transaction_date: someText,
  extra_info: maybeText,
})

/** Where a row does not say. */
export const CURRENCY = 'INR'

/** Reads a row of the report; times without a zone are at `utcOffset`. */
export const readTransaction = (raw: unknown, utcOffset: string): SaleRow => {
  const row = Transaction.parse(raw)
  const currency = currencyOf(row.currency ?? CURRENCY)
  const eventAt = instantOf(row.transaction_date, utcOffset)
  const clickId = row.aff_sub ?? row.subid1
  const commissionMinor = minorOf(row.user_commission, currency)
  const { campaign_id: merchantId, product_name: more } = row
  // What has the id of an order needs no other name for it; a return has an id of its own.
  const orderId = row.order_id ?? (commissionMinor < 0 ? null : row.id)
  return {
    externalId: row.id
      ? idOf(row.id, row.product_name)
      : madeId({ merchantId, orderId: row.order_id, clickId, eventAt, more }),
    isIdMade: row.id === null,
    orderId,
    clickId,
    merchantId,
    merchantName: row.store_name,
    status: statusOf(row.status),
    rawStatus: row.status,
    saleMinor: row.sale_amount === null ? null : minorOf(row.sale_amount, currency),
    commissionMinor,
    currency,
    eventAt,
    clickedAt: null,
    changedAt: null,
    returnOf: null,
    comment: row.extra_info,
    raw,
  }
}

/** An order of several items repeats its id, once for each; where a row names one, so does the id. */
export const idOf = (id: string, product: string | null): string =>
  product === null ? id : `${id}-${hashOf(product).slice(0, 12)}`

/**
 * `validated`: the merchant agrees and has not paid; `payable` is what may be invoiced. `claimed`,
 * which one old client knows, stays unknown.
 */
const STATUSES = new Map<string, SaleStatus>([
  ['pending', 'pending'],
  ['validated', 'confirmed'],
  ['payable', 'approved'],
  ['invoice_raised', 'approved'],
  ['paid', 'paid'],
  ['rejected', 'declined'],
])

export const statusOf = (word: string): SaleStatus => STATUSES.get(word.toLowerCase()) ?? 'unknown'
