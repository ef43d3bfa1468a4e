import { lowerBound } from './lowerBound.ts'
import { GENERATED_FROM } from './numberOf.ts'
import type { GeneratedSet, Sale, SaleQuery, Series } from './types.ts'

/**
 * The part of a generated set that a question is about. Order, time of sale and time of change
 * ascend together, so that a part is a range of numbers, found without looking at the others.
 */
export const generatedSeries = (set: GeneratedSet, query: SaleQuery, nowMs: number): Series => {
  const by = (timeOf: (index: number) => number) => (ms: number) =>
    lowerBound({ length: set.count, timeAt: timeOf }, ms)
  const event = by((index) => eventOf(set, index))
  const change = by((index) => changeOf(set, index, nowMs))
  const first = Math.max(
    query.event ? event(query.event.fromMs) : 0,
    query.change ? change(query.change.fromMs) : 0,
  )
  const end = Math.min(
    event(nowMs + 1),
    query.event ? event(query.event.toMs) : set.count,
    query.change ? change(query.change.toMs) : set.count,
  )
  const timeOf = query.orderBy === 'change' ? changeOf : eventOf
  const range: Series = {
    length: Math.max(0, end - first),
    timeAt: (index) => timeOf(set, first + index, nowMs),
    saleAt: (index) => generatedSale(set, first + index, nowMs),
  }
  // Its sales are all in the same state, so one stands for all of them.
  const isWanted = range.length === 0 || !query.where || query.where.test(range.saleAt(0))
  return isWanted ? range : { ...range, length: 0 }
}

/** An order of the set, with what follows from its place in it. */
export const generatedSale = (set: GeneratedSet, index: number, nowMs: number): Sale => {
  const saleMinor = 10_000 + Math.floor(chance(set.seed, index, 2) * 490_000)
  return {
    order: `G${set.seed}-${index}`,
    number: GENERATED_FROM * (1 + set.seed) + index,
    clickId: set.clickIds[index % set.clickIds.length] ?? null,
    merchant: set.merchant,
    returnOf: null,
    status: set.changedAtMs === null || nowMs >= set.changedAtMs ? set.status : 'pending',
    saleMinor,
    commissionMinor: Math.round(saleMinor / 20),
    currency: set.currency,
    eventMs: eventOf(set, index),
    changedMs: changeOf(set, index, nowMs),
    before: null,
  }
}

const eventOf = ({ count, fromMs, seed, toMs }: GeneratedSet, index: number): number =>
  fromMs + Math.floor(((toMs - fromMs) * (index + chance(seed, index, 1))) / count)

const changeOf = (set: GeneratedSet, index: number, nowMs: number): number => {
  const eventMs = eventOf(set, index)
  const { changedAtMs } = set
  return changedAtMs === null || nowMs < changedAtMs ? eventMs : Math.max(eventMs, changedAtMs)
}

/** From 0 up to 1, the same on every machine. */
const chance = (seed: number, index: number, purpose: number): number => {
  let value = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(seed * 8 + purpose, 0x27d4eb2f)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return ((value ^ (value >>> 16)) >>> 0) / 2 ** 32
}
