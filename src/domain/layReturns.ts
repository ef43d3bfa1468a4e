/**
 * An order with what it has left for returns that name none: below zero where the network lays more
 * on it than it earned. Instants as ISO 8601.
 */
export type OrderLeft = { orderId: string; leftMinor: number; eventAt: string }

/** A return that names no order, and what it takes, above zero. */
export type LoneReturn = { externalId: string; takesMinor: number; eventAt: string }

type Laid = { orders: OrderLeft[]; returns: LoneReturn[] }

/**
 * Lays returns on orders that were made before them, each on one order, so that together they never
 * take more of it than it has left: the oldest return first, on the order that has least left of
 * those with room for it, of equals the latest. Where one finds no room that way, the largest goes
 * first if more is taken then: two halves of one order may stand in the way of a whole one. Answers
 * the order of each return that found one; the same, in whatever order they are given.
 *
 * @example [...layReturns({ orders: [{ orderId: 'o', leftMinor: 9, eventAt: '2026-11-01' }], returns: [{ externalId: 'r', takesMinor: 9, eventAt: '2026-11-02' }] })] // [['r', 'o']]
 */
export const layReturns = ({ orders, returns }: Laid): Map<string, string> => {
  const latest = [...orders].sort(
    (one, other) => msOf(other) - msOf(one) || byName(one.orderId, other.orderId),
  )
  const aged = [...returns].sort(
    (one, other) => msOf(one) - msOf(other) || byName(one.externalId, other.externalId),
  )
  const byAge = layInTurn({ orders: latest, returns: aged })
  if (byAge.size === returns.length) return byAge

  const sized = [...aged].sort((one, other) => other.takesMinor - one.takesMinor)
  const bySize = layInTurn({ orders: latest, returns: sized })
  const takenBy = (laid: Map<string, string>) =>
    sumOf(returns.filter(({ externalId }) => laid.has(externalId)))
  return takenBy(bySize) > takenBy(byAge) ? bySize : byAge
}

const layInTurn = ({ orders, returns }: Laid): Map<string, string> => {
  const rooms = orders.map((order) => ({ ...order }))
  const laid = new Map<string, string>()
  for (const one of returns) {
    const free = rooms.filter((room) => room.leftMinor >= one.takesMinor && msOf(room) <= msOf(one))
    const [first, ...others] = free
    if (!first) continue
    const room = others.reduce(
      (best, each) => (each.leftMinor < best.leftMinor ? each : best),
      first,
    )
    room.leftMinor -= one.takesMinor
    laid.set(one.externalId, room.orderId)
  }
  return laid
}

const sumOf = (returns: LoneReturn[]): number =>
  returns.reduce((sum, { takesMinor }) => sum + takesMinor, 0)

const msOf = ({ eventAt }: { eventAt: string }): number => Date.parse(eventAt)

/** By code units: the same on every machine. */
const byName = (one: string, other: string): number => (one < other ? -1 : Number(one > other))
