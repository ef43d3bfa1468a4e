import { createNetworks } from '../../src/simulator/networks/networks.ts'
import { OrdersInput, toScenarioOrder } from '../../src/simulator/networks/control/orderInput.ts'
import { transactionAt } from '../../src/simulator/networks/scenario/transactionAt.ts'
import type { Transaction } from '../../src/simulator/networks/scenario/types.ts'
import type { Row, Network as Wire } from '../../src/simulator/networks/types.ts'
import { instantOf, type Story } from './reportStory.ts'

/** One thing that a network tells, at its instant; whoever tests decides when it arrives. */
export type Told =
  | { kind: 'page'; at: Date; body: unknown }
  | { kind: 'postback'; at: Date; fields: Record<string, string> }

const MINUTE = 60_000
/** After a change: its postback, a report that lags behind, one that does not, and the next poll. */
const AFTER = {
  postback: 5 * MINUTE,
  stale: 30 * MINUTE,
  fresh: 60 * MINUTE,
  again: 12 * 60 * MINUTE,
  /** A postback that was held up until long after the last poll. */
  late: 100 * 24 * 60 * MINUTE,
}

type Telling = {
  network: string
  story: Story
  /** Ids of clicks by the story's names of them. */
  clicks: ReadonlyMap<string, string>
  /** In the names of orders, so that a story can be told twice. */
  prefix: string
}

/** Everything that a network tells in the course of a story, in its own words. */
export const reportOverHttp = ({ clicks, network, prefix, story }: Telling): Told[] => {
  const wire = wireOf(network)
  const script = OrdersInput.parse({
    startAt: instantOf(0).toISOString(),
    orders: story.orders.map(({ click, order, timeline }) => ({
      order: prefix + order,
      network,
      clickId: click === null ? null : clicks.get(click),
      timeline: timeline.map(({ reversalOf, ...step }) =>
        reversalOf ? { ...step, reversalOf: prefix + reversalOf } : step,
      ),
    })),
  })
  const startMs = instantOf(0).getTime()
  const orders = script.orders.map((order) =>
    toScenarioOrder(order, { startMs, merchant: wire.merchant }),
  )
  const seenAt = (ms: number) => orders.flatMap((order) => transactionAt(order, ms) ?? [])
  const changes = [
    ...new Set(orders.flatMap(({ timeline }) => timeline.map(({ atMs }) => atMs))),
  ].sort((one, other) => one - other)

  return changes.flatMap((ms): Told[] => {
    const page = (after: number, seen: number): Told => ({
      kind: 'page',
      at: new Date(ms + after),
      body: bodyOf(wire, seenAt(seen)),
    })
    return [
      page(AFTER.stale, ms - 1),
      page(AFTER.fresh, ms),
      page(AFTER.again, ms),
      ...seenAt(ms)
        .filter(({ changedMs }) => changedMs === ms)
        .flatMap((transaction): Told[] => {
          const fields = {
            ...wire.postback.fields(transaction),
            ...askedFor(wire.list.row(transaction)),
          }
          return [AFTER.postback, AFTER.late].map((after) => ({
            kind: 'postback',
            at: new Date(ms + after),
            fields,
          }))
        }),
    ]
  })
}

const wireOf = (name: string): Wire => {
  const wire = createNetworks().find((each) => each.name === name)
  if (!wire) throw new Error(`There is no network ${name}.`)
  return wire
}

const bodyOf = ({ list, name }: Wire, transactions: Transaction[]): unknown => {
  const query = { offset: 0, limit: 500 }
  const rows = transactions.map((transaction) => ({
    ...list.row(transaction),
    ...orderOf(name, transaction),
  }))
  return list.envelope({ rows, total: rows.length, query })
}

/** CueLinks tells an order's id to some accounts only, and a return has no other link to its order. */
const orderOf = (name: string, { order, reversalOf }: Transaction): Row =>
  name === 'cuelinks' ? { order_id: reversalOf ?? order } : {}

/** What is asked of the network to add to its postbacks; see docs/networks.md. */
const askedFor = ({ _id, created, transaction_date }: Row): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ conversion_id: _id, created, transaction_date }).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  )
