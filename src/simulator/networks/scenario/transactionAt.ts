import { createHash } from 'node:crypto'

import type { Entry, ScenarioOrder, Transaction } from './types.ts'

/** The order at an instant, by the last timeline entry until then; null before the first entry. */
export const transactionAt = (order: ScenarioOrder, nowMs: number): Transaction | null => {
  const index = order.timeline.findLastIndex(({ atMs }) => atMs <= nowMs)
  return index < 0 ? null : transactionFromEntry(order, index)
}

/** The order as one timeline entry has it; null if there is no such entry. */
export const transactionFromEntry = (order: ScenarioOrder, index: number): Transaction | null => {
  const entry = order.timeline[index]
  if (!entry) return null
  const { clickId, eventMs, merchant, reversalOf } = order
  const { commissionMinor, currency, saleMinor, status } = entry
  return {
    order: order.order,
    number: numberOf(order.order),
    clickId,
    merchant,
    reversalOf,
    status,
    saleMinor,
    commissionMinor,
    currency,
    eventMs,
    changedMs: entry.atMs,
    before: findPreviousAmounts(order.timeline.slice(0, index), entry),
  }
}

const findPreviousAmounts = (earlier: Entry[], entry: Entry): Transaction['before'] => {
  const other = earlier.findLast(
    ({ commissionMinor, saleMinor }) =>
      commissionMinor !== entry.commissionMinor || saleMinor !== entry.saleMinor,
  )
  return other ? { saleMinor: other.saleMinor, commissionMinor: other.commissionMinor } : null
}

/** Numbers of generated orders start here. Numbers of named orders are hashes below it. */
export const GENERATED_FROM = 2 ** 40

/** The number by which networks identify an order: the same in every run. */
const numberOf = (order: string): number =>
  createHash('sha256').update(order).digest().readUIntBE(0, 5)
