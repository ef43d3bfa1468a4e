/**
 * An order and the amount of it that unmatched reversals can still take. The amount is below zero
 * if the network itself reverses more of the order than it earned. Instants as ISO 8601; amounts in
 * minor units.
 */
export type OpenOrder = { orderId: string; leftMinor: number; eventAt: string }

/** A reversal that names no order, with the amount that it takes, above zero. */
export type UnmatchedReversal = { externalId: string; takesMinor: number; eventAt: string }

type AllocationInput = { orders: OpenOrder[]; reversals: UnmatchedReversal[] }

/**
 * Allocates each reversal to one order that is not later than the reversal. Reversals never take
 * more than is left of an order. The oldest reversal goes first. It takes from the order with the
 * least left that is still enough; of equal orders, from the latest. If a reversal finds no order
 * that way, the largest reversal goes first instead, provided that more is taken then: two halves
 * of one order may block a whole one. Returns the orders by the ids of their reversals. The result
 * does not depend on the order of the input.
 *
 * @example [...allocateReversals({ orders: [{ orderId: 'o', leftMinor: 9, eventAt: '2026-11-01' }], reversals: [{ externalId: 'r', takesMinor: 9, eventAt: '2026-11-02' }] })] // [['r', 'o']]
 */
export const allocateReversals = ({ orders, reversals }: AllocationInput): Map<string, string> => {
  const latest = [...orders].sort(
    (one, other) => msOf(other) - msOf(one) || compareText(one.orderId, other.orderId),
  )
  const aged = [...reversals].sort(
    (one, other) => msOf(one) - msOf(other) || compareText(one.externalId, other.externalId),
  )
  const byAge = allocateInOrder({ orders: latest, reversals: aged })
  if (byAge.size === reversals.length) return byAge

  const sized = [...aged].sort((one, other) => other.takesMinor - one.takesMinor)
  const bySize = allocateInOrder({ orders: latest, reversals: sized })
  const takenBy = (allocated: Map<string, string>) =>
    sumTaken(reversals.filter(({ externalId }) => allocated.has(externalId)))
  return takenBy(bySize) > takenBy(byAge) ? bySize : byAge
}

const allocateInOrder = ({ orders, reversals }: AllocationInput): Map<string, string> => {
  const open = orders.map((order) => ({ ...order }))
  const allocated = new Map<string, string>()
  for (const reversal of reversals) {
    const possible = open.filter(
      (order) => order.leftMinor >= reversal.takesMinor && msOf(order) <= msOf(reversal),
    )
    const [first, ...others] = possible
    if (!first) continue
    const order = others.reduce(
      (best, each) => (each.leftMinor < best.leftMinor ? each : best),
      first,
    )
    order.leftMinor -= reversal.takesMinor
    allocated.set(reversal.externalId, order.orderId)
  }
  return allocated
}

const sumTaken = (reversals: UnmatchedReversal[]): number =>
  reversals.reduce((sum, { takesMinor }) => sum + takesMinor, 0)

const msOf = ({ eventAt }: { eventAt: string }): number => Date.parse(eventAt)

/** Compares by code units, so that the result is the same on every machine. */
const compareText = (one: string, other: string): number => (one < other ? -1 : Number(one > other))
