import { createNetworks } from '../../../src/simulator/networks/networks.ts'
import { OrdersInput, toScenarioOrder } from '../../../src/simulator/networks/control/orderInput.ts'
import { transactionAt } from '../../../src/simulator/networks/scenario/transactionAt.ts'
import type { Transaction } from '../../../src/simulator/networks/scenario/types.ts'
import type { Row, Network as Wire } from '../../../src/simulator/networks/types.ts'
import type { Story } from '../ingestOrders.ts'
import { eventInstantOf, instantOf } from '../instants.ts'

/** One report of a network, at its instant; the test decides in which order they arrive. */
export type NetworkReport =
  | { kind: 'page'; at: Date; body: unknown }
  | { kind: 'postback'; at: Date; fields: Record<string, string> }

const MINUTE = 60_000
/** Delays after a change: its postback, a page without the change, one with it, and the next poll. */
const AFTER = {
  postback: 5 * MINUTE,
  stale: 30 * MINUTE,
  fresh: 60 * MINUTE,
  again: 12 * 60 * MINUTE,
  /** A postback that arrives long after the last poll. */
  late: 100 * 24 * 60 * MINUTE,
}

type Reporting = {
  network: string
  story: Story
  /** Ids of clicks by their names in the story. */
  clicks: ReadonlyMap<string, string>
  /** Put before the names of orders, so that one story can be reported twice. */
  prefix: string
}

/** Lists all pages and postbacks of a story in the wire format of a network. */
export const listReports = ({ clicks, network, prefix, story }: Reporting): NetworkReport[] => {
  const wire = wireOf(network)
  const script = OrdersInput.parse({
    startAt: instantOf(0).toISOString(),
    orders: story.orders.map(({ click, order, timeline }) => ({
      order: prefix + order,
      network,
      clickId: click === null ? null : clicks.get(click),
      timeline: timeline.map(({ eventAt, reversalOf, ...step }) => ({
        ...step,
        ...(reversalOf ? { reversalOf: prefix + reversalOf } : {}),
        ...(eventAt ? { eventAt: eventInstantOf(eventAt) } : {}),
      })),
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

  return changes.flatMap((ms): NetworkReport[] => {
    const page = (after: number, seen: number): NetworkReport => ({
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
        .flatMap((transaction): NetworkReport[] => {
          const fields = {
            ...wire.postback.fields(transaction),
            ...addedFields(wire.list.row(transaction)),
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

/** CueLinks gives order ids to some accounts only; a reversal has no other link to its order. */
const orderOf = (name: string, { order, reversalOf }: Transaction): Row =>
  name === 'cuelinks' ? { order_id: reversalOf ?? order } : {}

/** The fields that a network is requested to add to its postbacks; see docs/networks.md. */
const addedFields = ({ _id, created, transaction_date }: Row): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ conversion_id: _id, created, transaction_date }).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  )
