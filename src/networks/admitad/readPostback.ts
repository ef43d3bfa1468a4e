import { z } from 'zod'

import { maybeAmount, maybeText, someAmount, someText } from '../parts/fields.ts'
import { instantOfSeconds } from '../parts/instantOf.ts'
import { currencyOf, minorOf } from '../parts/minorOf.ts'
import { postbackOf } from '../parts/postbackOf.ts'
import type { SaleStatus } from '../../domain/sale.ts'
import type { Postback, SaleRow } from '../types.ts'
import type { ClickSlot } from './readAction.ts'

/** Names as in Admitad's list of macros: https://support.mitgo.com (postback URL). */
const Said = z.object({
  admitad_id: someText,
  order_id: maybeText,
  subid: maybeText,
  subid1: maybeText,
  subid2: maybeText,
  subid4: maybeText,
  offer_id: maybeText,
  offer_name: maybeText,
  payment_status: someText,
  payment_sum: someAmount,
  order_sum: maybeAmount,
  currency: someText,
  time: someText,
  click_time: maybeText,
})

/** Reads a postback. Its `admitad_id` is taken for the report's `action_id`, which is not proven. */
export const readPostback = (fields: Record<string, string>, clickSlot: ClickSlot): Postback =>
  postbackOf(fields, (said): SaleRow => {
    const row = Said.parse(said)
    const currency = currencyOf(row.currency)
    return {
      externalId: row.admitad_id,
      isIdMade: false,
      orderId: row.order_id,
      clickId: row[clickSlot],
      merchantId: row.offer_id,
      merchantName: row.offer_name,
      status: STATUSES.get(row.payment_status.toLowerCase()) ?? 'unknown',
      rawStatus: row.payment_status,
      saleMinor: row.order_sum === null ? null : minorOf(row.order_sum, currency),
      commissionMinor: minorOf(row.payment_sum, currency),
      currency,
      eventAt: instantOfSeconds(row.time),
      clickedAt: row.click_time === null ? null : instantOfSeconds(row.click_time),
      changedAt: null,
      returnOf: null,
      comment: null,
      raw: said,
    }
  })

/**
 * Other words than the report's: `new` there is `pending`, and `pending` here is what was confirmed
 * and then put back on hold. That is `confirmed` for us, not payable, so that it is never taken for
 * a late copy of the first postback.
 */
const STATUSES = new Map<string, SaleStatus>([
  ['new', 'pending'],
  ['approved', 'approved'],
  ['pending', 'confirmed'],
  ['declined', 'declined'],
])
