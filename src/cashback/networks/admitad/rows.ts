import { z } from 'zod'

import type { TransactionStatus } from '../../../domain/cashback/transaction.ts'
import { parseCurrency, parseMinor } from '../parts/amounts.ts'
import { optionalAmount, optionalText, requiredAmount, requiredText } from '../parts/fields.ts'
import { generateId } from '../parts/ids.ts'
import { parseSeconds, parseInstant, parseOptionalInstant } from '../parts/instants.ts'
import { readPostbackRow } from '../parts/postbacks.ts'
import type { Postback, TransactionRow } from '../types.ts'

/**
 * A row of `/statistics/actions/`. The fields are documented, except action_id, order_id, paid and
 * status_updated, which Admitad's own client reads.
 */
const Action = z.object({
  action_id: optionalText,
  order_id: optionalText,
  subid: optionalText,
  subid1: optionalText,
  subid2: optionalText,
  subid3: optionalText,
  subid4: optionalText,
  advcampaign_id: optionalText,
  advcampaign_name: optionalText,
  status: requiredText,
  paid: z.union([z.number(), z.string(), z.boolean()]).nullish(),
  cart: optionalAmount,
  payment: requiredAmount,
  currency: requiredText,
  action_date: requiredText,
  click_date: optionalText,
  status_updated: optionalText,
  comment: optionalText,
})

export type ClickSlot = 'subid' | 'subid1' | 'subid2' | 'subid4'

type RowOptions = { clickSlot: ClickSlot; utcOffset: string }

/** Reads a row of the report. Its currency is the programme's, never the account's. */
export const readAction = (raw: unknown, { clickSlot, utcOffset }: RowOptions): TransactionRow => {
  const action = Action.parse(raw)
  const currency = parseCurrency(action.currency)
  const eventAt = parseInstant(action.action_date, utcOffset)
  const { advcampaign_id: programId, order_id: orderId, [clickSlot]: subId } = action
  return {
    externalId: action.action_id ?? generateId({ programId, orderId, subId, eventAt }),
    isIdGenerated: action.action_id === null,
    orderId,
    subId,
    programId,
    programName: action.advcampaign_name,
    status: mapStatus(action.status, ['1', 'true'].includes(String(action.paid))),
    rawStatus: action.status,
    saleMinor: action.cart === null ? null : parseMinor(action.cart, currency),
    commissionMinor: parseMinor(action.payment, currency),
    currency,
    eventAt,
    clickedAt: parseOptionalInstant(action.click_date, utcOffset),
    changedAt: parseOptionalInstant(action.status_updated, utcOffset),
    reversalOf: null,
    comment: action.comment,
    raw,
  }
}

/** `approved_but_stalled`: the advertiser approved, but has no funds, so nothing is payable. */
const STATUSES = new Map<string, TransactionStatus>([
  ['pending', 'pending'],
  ['approved', 'approved'],
  ['approved_but_stalled', 'confirmed'],
  ['declined', 'declined'],
])

const mapStatus = (rawStatus: string, isPaid: boolean): TransactionStatus => {
  const status = STATUSES.get(rawStatus.toLowerCase()) ?? 'unknown'
  return status === 'approved' && isPaid ? 'paid' : status
}

/** The names of Admitad's macros: https://support.mitgo.com (postback URL). */
const PostbackFields = z.object({
  admitad_id: requiredText,
  order_id: optionalText,
  subid: optionalText,
  subid1: optionalText,
  subid2: optionalText,
  subid4: optionalText,
  offer_id: optionalText,
  offer_name: optionalText,
  payment_status: requiredText,
  payment_sum: requiredAmount,
  order_sum: optionalAmount,
  currency: requiredText,
  time: requiredText,
  click_time: optionalText,
})

/**
 * Reads a postback. Assumes that `admitad_id` equals the report's `action_id`: it is not
 * documented.
 */
export const readPostback = (fields: Record<string, string>, clickSlot: ClickSlot): Postback =>
  readPostbackRow(fields, (raw): TransactionRow => {
    const row = PostbackFields.parse(raw)
    const currency = parseCurrency(row.currency)
    return {
      externalId: row.admitad_id,
      isIdGenerated: false,
      orderId: row.order_id,
      subId: row[clickSlot],
      programId: row.offer_id,
      programName: row.offer_name,
      status: POSTBACK_STATUSES.get(row.payment_status.toLowerCase()) ?? 'unknown',
      rawStatus: row.payment_status,
      saleMinor: row.order_sum === null ? null : parseMinor(row.order_sum, currency),
      commissionMinor: parseMinor(row.payment_sum, currency),
      currency,
      eventAt: parseSeconds(row.time),
      clickedAt: row.click_time === null ? null : parseSeconds(row.click_time),
      changedAt: null,
      reversalOf: null,
      comment: null,
      raw,
    }
  })

/**
 * A postback's statuses differ from the report's: `new` is the report's `pending`, and `pending` is
 * an approved action that was put back on hold. It maps to `confirmed`, which is not payable, so
 * that it cannot be taken for a late copy of the first postback.
 */
const POSTBACK_STATUSES = new Map<string, TransactionStatus>([
  ['new', 'pending'],
  ['approved', 'approved'],
  ['pending', 'confirmed'],
  ['declined', 'declined'],
])
