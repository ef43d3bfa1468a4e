import { numberOf } from './numberOf.ts'
import type { Entry, Sale, ScriptedOrder } from './types.ts'

/** The last entry not after the instant is what is true; before the first one nobody knows of it. */
export const saleAt = (order: ScriptedOrder, nowMs: number): Sale | null => {
  const index = order.timeline.findLastIndex(({ atMs }) => atMs <= nowMs)
  return index < 0 ? null : saleOfEntry(order, index)
}

/** The order as one entry of its timeline has it, whatever the time is. */
export const saleOfEntry = (order: ScriptedOrder, index: number): Sale | null => {
  const entry = order.timeline[index]
  if (!entry) return null
  const { clickId, eventMs, merchant, returnOf } = order
  const { commissionMinor, currency, saleMinor, status } = entry
  return {
    order: order.order,
    number: numberOf(order.order),
    clickId,
    merchant,
    returnOf,
    status,
    saleMinor,
    commissionMinor,
    currency,
    eventMs,
    changedMs: entry.atMs,
    before: amountsBefore(order.timeline.slice(0, index), entry),
  }
}

const amountsBefore = (earlier: Entry[], entry: Entry): Sale['before'] => {
  const other = earlier.findLast(
    ({ commissionMinor, saleMinor }) =>
      commissionMinor !== entry.commissionMinor || saleMinor !== entry.saleMinor,
  )
  return other ? { saleMinor: other.saleMinor, commissionMinor: other.commissionMinor } : null
}
