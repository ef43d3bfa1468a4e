import { z } from 'zod'

import { maybeAmount, maybeText, someAmount, someText } from '../parts/fields.ts'
import { instantOf, maybeInstantOf } from '../parts/instantOf.ts'
import { madeId } from '../parts/madeId.ts'
import { currencyOf, minorOf } from '../parts/minorOf.ts'
import type { SaleStatus } from '../../domain/sale.ts'
import type { SaleRow } from '../types.ts'

/**
 * A row of `/statistics/actions/`. Documented, but for action_id, order_id, paid and status_updated,
 * which Admitad's own client reads.
 */
const Action = z.object({
  action_id: maybeText,
  order_id: maybeText,
  subid: maybeText,
  subid1: maybeText,
  subid2: maybeText,
  subid3: maybeText,
  subid4: maybeText,
  advcampaign_id: maybeText,
  advcampaign_name: maybeText,
  status: someText,
  paid: z.union([z.number(), z.string(), z.boolean()]).nullish(),
  cart: maybeAmount,
  payment: someAmount,
  currency: someText,
  action_date: someText,
  click_date: maybeText,
  status_updated: maybeText,
  comment: maybeText,
})

export type ClickSlot = 'subid' | 'subid1' | 'subid2' | 'subid4'

type Reading = { clickSlot: ClickSlot; utcOffset: string }

/** Reads a row of the report. The row's currency is the programme's, never the account's. */
export const readAction = (raw: unknown, { clickSlot, utcOffset }: Reading): SaleRow => {
  const action = Action.parse(raw)
  const currency = currencyOf(action.currency)
  const eventAt = instantOf(action.action_date, utcOffset)
  const { advcampaign_id: merchantId, order_id: orderId, [clickSlot]: clickId } = action
  return {
    externalId: action.action_id ?? madeId({ merchantId, orderId, clickId, eventAt }),
    isIdMade: action.action_id === null,
    orderId,
    clickId,
    merchantId,
    merchantName: action.advcampaign_name,
    status: statusOf(action.status, ['1', 'true'].includes(String(action.paid))),
    rawStatus: action.status,
    saleMinor: action.cart === null ? null : minorOf(action.cart, currency),
    commissionMinor: minorOf(action.payment, currency),
    currency,
    eventAt,
    clickedAt: maybeInstantOf(action.click_date, utcOffset),
    changedAt: maybeInstantOf(action.status_updated, utcOffset),
    returnOf: null,
    comment: action.comment,
    raw,
  }
}

/** `approved_but_stalled`: the advertiser agrees and has no funds, so nothing is payable. */
const STATUSES = new Map<string, SaleStatus>([
  ['pending', 'pending'],
  ['approved', 'approved'],
  ['approved_but_stalled', 'confirmed'],
  ['declined', 'declined'],
])

const statusOf = (word: string, isPaid: boolean): SaleStatus => {
  const status = STATUSES.get(word.toLowerCase()) ?? 'unknown'
  return status === 'approved' && isPaid ? 'paid' : status
}
