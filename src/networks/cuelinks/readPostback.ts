import { z } from 'zod'

import { maybeAmount, maybeText, someAmount, someText } from '../parts/fields.ts'
import { instantOf } from '../parts/instantOf.ts'
import { currencyOf, minorOf } from '../parts/minorOf.ts'
import { postbackOf } from '../parts/postbackOf.ts'
import type { Postback, SaleRow } from '../types.ts'
import { CURRENCY, idOf, statusOf } from './readTransaction.ts'

/**
 * Names seen in clients, but for `status` and `transaction_date`, which nobody confirms: without
 * them a postback does not say enough, so the API is asked.
 */
const Said = z.object({
  transaction_id: someText,
  transaction_date: someText,
  status: someText,
  commission_amount: someAmount,
  transaction_amount: maybeAmount,
  currency: maybeText,
  click_id: maybeText,
  merchant_transaction_id: maybeText,
  product_name: maybeText,
  campaign_id: maybeText,
})

/** Reads a postback with parameters named as in docs/networks.md. */
export const readPostback = (fields: Record<string, string>, utcOffset: string): Postback =>
  postbackOf(fields, (said): SaleRow => {
    const row = Said.parse(said)
    const currency = currencyOf(row.currency ?? CURRENCY)
    const { transaction_amount: sale } = row
    return {
      externalId: idOf(row.transaction_id, row.product_name),
      isIdMade: false,
      orderId: row.merchant_transaction_id,
      clickId: row.click_id,
      merchantId: row.campaign_id,
      merchantName: null,
      status: statusOf(row.status),
      rawStatus: row.status,
      saleMinor: sale === null ? null : minorOf(sale, currency),
      commissionMinor: minorOf(row.commission_amount, currency),
      currency,
      eventAt: instantOf(row.transaction_date, utcOffset),
      clickedAt: null,
      changedAt: null,
      returnOf: null,
      comment: null,
      raw: said,
    }
  })
