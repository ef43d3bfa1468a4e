import { lowerBound } from './mergePage.ts'
import { GENERATED_FROM } from './transactionAt.ts'
import type { GeneratedSet, Transaction, TransactionQuery, Series } from './types.ts'

/**
 * Selects the part of a generated set that fits a query. Index, time of the order and time of the
 * change ascend together, so the part is a range of indexes, found by binary search.
 */
export const generateSeries = (
  set: GeneratedSet,
  query: TransactionQuery,
  nowMs: number,
): Series => {
  const by = (timeOf: (index: number) => number) => (ms: number) =>
    lowerBound({ length: set.count, timeAt: timeOf }, ms)
  const event = by((index) => eventMsAt(set, index))
  const change = by((index) => changedMsAt(set, index, nowMs))
  const first = Math.max(
    query.event ? event(query.event.fromMs) : 0,
    query.change ? change(query.change.fromMs) : 0,
  )
  const end = Math.min(
    event(nowMs + 1),
    query.event ? event(query.event.toMs) : set.count,
    query.change ? change(query.change.toMs) : set.count,
  )
  const timeOf = query.orderBy === 'change' ? changedMsAt : eventMsAt
  const range: Series = {
    length: Math.max(0, end - first),
    timeAt: (index) => timeOf(set, first + index, nowMs),
    transactionAt: (index) => generateTransaction(set, first + index, nowMs),
  }
  // All transactions of a set have the same status, so testing one is enough.
  const isWanted = range.length === 0 || !query.where || query.where.test(range.transactionAt(0))
  return isWanted ? range : { ...range, length: 0 }
}

/** Generates a transaction of the set from its index. */
export const generateTransaction = (
  set: GeneratedSet,
  index: number,
  nowMs: number,
): Transaction => {
  const saleMinor = 10_000 + Math.floor(hashToUnit(set.seed, index, 2) * 490_000)
  return {
    order: `G${set.seed}-${index}`,
    number: GENERATED_FROM * (1 + set.seed) + index,
    clickId: set.clickIds[index % set.clickIds.length] ?? null,
    merchant: set.merchant,
    reversalOf: null,
    status: set.changedAtMs === null || nowMs >= set.changedAtMs ? set.status : 'pending',
    saleMinor,
    commissionMinor: Math.round(saleMinor / 20),
    currency: set.currency,
    eventMs: eventMsAt(set, index),
    changedMs: changedMsAt(set, index, nowMs),
    before: null,
  }
}

const eventMsAt = ({ count, fromMs, seed, toMs }: GeneratedSet, index: number): number =>
  fromMs + Math.floor(((toMs - fromMs) * (index + hashToUnit(seed, index, 1))) / count)

const changedMsAt = (set: GeneratedSet, index: number, nowMs: number): number => {
  const eventMs = eventMsAt(set, index)
  const { changedAtMs } = set
  return changedAtMs === null || nowMs < changedAtMs ? eventMs : Math.max(eventMs, changedAtMs)
}

/** A pseudo-random number in [0, 1), the same on every machine. */
const hashToUnit = (seed: number, index: number, purpose: number): number => {
  let value = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(seed * 8 + purpose, 0x27d4eb2f)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return ((value ^ (value >>> 16)) >>> 0) / 2 ** 32
}
