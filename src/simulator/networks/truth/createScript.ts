import { lowerBound } from './lowerBound.ts'
import { saleAt } from './saleAt.ts'
import type { Sale, SaleQuery, ScriptedOrder, Series } from './types.ts'

/**
 * The scripted orders of one network. What is true is worked out once for the whole time until
 * some order changes; a request of that time looks at the part it asks for, and a second page of
 * the same question at nothing else.
 */
export const createScript = () => {
  const orders = new Map<string, ScriptedOrder>()
  let picture: Picture | null = null
  return {
    put: (order: ScriptedOrder) => {
      orders.set(order.order, order)
      picture = null
    },
    clear: () => {
      orders.clear()
      picture = null
    },
    get: (order: string) => orders.get(order),
    all: (): ScriptedOrder[] => [...orders.values()],
    size: () => orders.size,
    series: (query: SaleQuery, nowMs: number): Series => {
      if (!picture || nowMs < picture.fromMs || nowMs >= picture.untilMs)
        picture = pictureOf([...orders.values()], nowMs)
      return seriesOf(picture, query)
    },
  }
}

type Picture = {
  fromMs: number
  untilMs: number
  byEvent: Sale[]
  byChange: Sale[]
  /** What was asked of this picture before. */
  answers: Map<string, Series>
}

const ANSWERS = 64

const pictureOf = (orders: ScriptedOrder[], nowMs: number): Picture => {
  let [fromMs, untilMs] = [-Infinity, Infinity]
  for (const { atMs } of orders.flatMap(({ timeline }) => timeline)) {
    if (atMs <= nowMs) fromMs = Math.max(fromMs, atMs)
    else untilMs = Math.min(untilMs, atMs)
  }
  const sales = orders.flatMap((order) => saleAt(order, nowMs) ?? [])
  return {
    fromMs,
    untilMs,
    byEvent: sales.toSorted((one, other) => one.eventMs - other.eventMs),
    byChange: sales.toSorted((one, other) => one.changedMs - other.changedMs),
    answers: new Map(),
  }
}

const seriesOf = (picture: Picture, query: SaleQuery): Series => {
  const { change, event, orderBy = 'event', where } = query
  const key = JSON.stringify([orderBy, event, change, where?.name])
  const known = picture.answers.get(key)
  if (known) return known
  const timeOf = orderBy === 'event' ? eventMs : changedMs
  const all = orderBy === 'event' ? picture.byEvent : picture.byChange
  const span = orderBy === 'event' ? event : change
  const other = orderBy === 'event' ? change : event
  const otherOf = orderBy === 'event' ? changedMs : eventMs
  const whole = seriesBy(all, timeOf)
  const part = span ? all.slice(lowerBound(whole, span.fromMs), lowerBound(whole, span.toMs)) : all
  const isWanted = (sale: Sale) =>
    (!other || (otherOf(sale) >= other.fromMs && otherOf(sale) < other.toMs)) &&
    (!where || where.test(sale))
  const series = seriesBy(other || where ? part.filter(isWanted) : part, timeOf)
  if (picture.answers.size >= ANSWERS) picture.answers.clear()
  picture.answers.set(key, series)
  return series
}

const eventMs = (sale: Sale): number => sale.eventMs
const changedMs = (sale: Sale): number => sale.changedMs

const seriesBy = (sales: Sale[], timeOf: (sale: Sale) => number): Series => {
  const at = (index: number): Sale => {
    const sale = sales[index]
    if (!sale) throw new RangeError(`No sale ${index} of ${sales.length}.`)
    return sale
  }
  return { length: sales.length, timeAt: (index) => timeOf(at(index)), saleAt: at }
}
