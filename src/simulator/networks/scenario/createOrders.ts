import { generateSeries, generateTransaction } from './generateSeries.ts'
import { lowerBound, mergePage } from './mergePage.ts'
import { transactionAt, transactionFromEntry } from './transactionAt.ts'
import type {
  GeneratedSet,
  ScenarioOrder,
  Series,
  Transaction,
  TransactionPage,
  TransactionQuery,
} from './types.ts'

export type Orders = ReturnType<typeof createOrders>

/** Creates the scenario: the orders that all networks report, each in its own format. */
export const createOrders = () => {
  const byNetwork = new Map<string, ReturnType<typeof createNetworkOrders>>()
  const sets = new Map<string, GeneratedSet>()
  const ordersOf = (network: string) => {
    const orders = byNetwork.get(network) ?? createNetworkOrders()
    byNetwork.set(network, orders)
    return orders
  }
  const setsOf = (network: string) => [...sets.values()].filter((each) => each.network === network)

  return {
    /** Adds an order, or replaces the network's order of the same name. */
    put: (order: ScenarioOrder) => ordersOf(order.network).put(order),
    /** Adds a generated set, or replaces the network's set of the same seed. */
    generate: (set: GeneratedSet) => {
      sets.set(`${set.network} ${set.seed}`, set)
    },
    clear: () => {
      byNetwork.clear()
      sets.clear()
    },
    list: (network: string): ScenarioOrder[] => ordersOf(network).all(),
    sets: setsOf,
    /** The page that a network reports at an instant. */
    page: (network: string, query: TransactionQuery, nowMs: number): TransactionPage => {
      const series = [
        ordersOf(network).series(query, nowMs),
        ...setsOf(network).map((set) => generateSeries(set, query, nowMs)),
      ]
      const { isNewestFirst, limit, offset } = query
      return mergePage({ series, offset, limit, isNewestFirst })
    },
    /** Finds an order as it is at the instant, or, with a status, as its timeline has it then. */
    find: ({ network, now, order, status }: OrderQuery): Transaction | null => {
      const nowMs = now.getTime()
      const found = byNetwork.get(network)?.get(order)
      const transaction = found
        ? (findInStatus(found, nowMs, status) ?? transactionAt(found, nowMs))
        : findGenerated(setsOf(network), order, nowMs)
      return transaction && status !== undefined ? { ...transaction, status } : transaction
    },
  }
}

type OrderQuery = { network: string; order: string; now: Date; status?: string | undefined }

/** The order in its latest past entry of that status, else in its first future one. */
const findInStatus = (order: ScenarioOrder, nowMs: number, status?: string): Transaction | null => {
  if (status === undefined) return null
  const indexes = order.timeline.flatMap((entry, index) => (entry.status === status ? [index] : []))
  const past = indexes.findLast((index) => (order.timeline[index]?.atMs ?? 0) <= nowMs)
  return transactionFromEntry(order, past ?? indexes[0] ?? -1)
}

const findGenerated = (sets: GeneratedSet[], name: string, nowMs: number): Transaction | null => {
  const [, seed, index] = /^G(\d+)-(\d+)$/.exec(name) ?? []
  const set = sets.find((each) => each.seed === Number(seed))
  if (!set || Number(index) >= set.count) return null
  const transaction = generateTransaction(set, Number(index), nowMs)
  return transaction.eventMs <= nowMs ? transaction : null
}

/**
 * Creates the list of one network's scenario orders. A snapshot of all transactions is valid until
 * the next timeline entry, and keeps the results of queries, so that further pages of a query cost
 * nothing.
 */
const createNetworkOrders = () => {
  const orders = new Map<string, ScenarioOrder>()
  let snapshot: Snapshot | null = null
  return {
    put: (order: ScenarioOrder) => {
      orders.set(order.order, order)
      snapshot = null
    },
    get: (order: string) => orders.get(order),
    all: (): ScenarioOrder[] => [...orders.values()],
    series: (query: TransactionQuery, nowMs: number): Series => {
      if (!snapshot || nowMs < snapshot.fromMs || nowMs >= snapshot.untilMs)
        snapshot = takeSnapshot([...orders.values()], nowMs)
      return selectSeries(snapshot, query)
    },
  }
}

type Snapshot = {
  fromMs: number
  untilMs: number
  byEvent: Transaction[]
  byChange: Transaction[]
  /** Results of earlier queries. */
  results: Map<string, Series>
}

const MAX_RESULTS = 64

const takeSnapshot = (orders: ScenarioOrder[], nowMs: number): Snapshot => {
  let [fromMs, untilMs] = [-Infinity, Infinity]
  for (const { atMs } of orders.flatMap(({ timeline }) => timeline)) {
    if (atMs <= nowMs) fromMs = Math.max(fromMs, atMs)
    else untilMs = Math.min(untilMs, atMs)
  }
  const transactions = orders.flatMap((order) => transactionAt(order, nowMs) ?? [])
  return {
    fromMs,
    untilMs,
    byEvent: transactions.toSorted((one, other) => one.eventMs - other.eventMs),
    byChange: transactions.toSorted((one, other) => one.changedMs - other.changedMs),
    results: new Map(),
  }
}

const selectSeries = (snapshot: Snapshot, query: TransactionQuery): Series => {
  const { change, event, orderBy = 'event', where } = query
  const key = JSON.stringify([orderBy, event, change, where?.name])
  const known = snapshot.results.get(key)
  if (known) return known
  const timeOf = orderBy === 'event' ? eventMs : changedMs
  const all = orderBy === 'event' ? snapshot.byEvent : snapshot.byChange
  const span = orderBy === 'event' ? event : change
  const other = orderBy === 'event' ? change : event
  const otherOf = orderBy === 'event' ? changedMs : eventMs
  const whole = toSeries(all, timeOf)
  const part = span ? all.slice(lowerBound(whole, span.fromMs), lowerBound(whole, span.toMs)) : all
  const isWanted = (transaction: Transaction) =>
    (!other || (otherOf(transaction) >= other.fromMs && otherOf(transaction) < other.toMs)) &&
    (!where || where.test(transaction))
  const series = toSeries(other || where ? part.filter(isWanted) : part, timeOf)
  if (snapshot.results.size >= MAX_RESULTS) snapshot.results.clear()
  snapshot.results.set(key, series)
  return series
}

const eventMs = (transaction: Transaction): number => transaction.eventMs
const changedMs = (transaction: Transaction): number => transaction.changedMs

const toSeries = (
  transactions: Transaction[],
  timeOf: (transaction: Transaction) => number,
): Series => {
  const at = (index: number): Transaction => {
    const transaction = transactions[index]
    if (!transaction) throw new RangeError(`No transaction ${index} of ${transactions.length}.`)
    return transaction
  }
  return { length: transactions.length, timeAt: (index) => timeOf(at(index)), transactionAt: at }
}
