import { z } from 'zod'

import { maybeText, someAmount, someText } from '../parts/fields.ts'
import { instantOf } from '../parts/instantOf.ts'
import { currencyOf, minorOf } from '../parts/minorOf.ts'
import { postbackOf } from '../parts/postbackOf.ts'
import type { Postback, SaleRow } from '../types.ts'
import { statusOf } from './readConversion.ts'

/**
 * The names are ours: they stand in the address that vCommission is given. No macro for the
 * conversion's id is documented, and `txn_id` is the merchant's: without `conversion_id` and
 * `created` a postback names no sale of the report, so the API is asked.
 */
const Said = z.object({
  conversion_id: someText,
  created: someText,
  click_id: maybeText,
  txn_id: maybeText,
  campaign_id: maybeText,
  payout: someAmount,
  currency: maybeText,
  status: someText,
})

/** Reads a postback with parameters named as in docs/networks.md. */
export const readPostback = (fields: Record<string, string>, utcOffset: string): Postback =>
  postbackOf(fields, (said): SaleRow => {
    const row = Said.parse(said)
    const currency = currencyOf(row.currency ?? 'USD')
    return {
      externalId: row.conversion_id,
      isIdMade: false,
      orderId: row.txn_id,
      clickId: row.click_id,
      merchantId: row.campaign_id,
      merchantName: null,
      status: statusOf(row.status),
      rawStatus: row.status,
      saleMinor: null,
      commissionMinor: minorOf(row.payout, currency),
      currency,
      eventAt: instantOf(row.created, utcOffset),
      clickedAt: null,
      changedAt: null,
      returnOf: null,
      comment: null,
      raw: said,
    }
  })
