import { computeShare } from '../../../src/domain/money.ts'
import { control } from '../control.ts'
import { aClick, aPerson, type Person } from './aPerson.ts'
import type { NetworkName } from './networkSettings.ts'
import type { Testbed } from './startTestbed.ts'

type Order = { name: string; status: string; commissionMinor: number; eventAt: string }

/** A member whose orders change all the time. */
export type Shopper = {
  network: NetworkName
  person: Person
  click: string
  orders: Order[]
  /** What the wallet may not know yet. */
  deltas: number[]
}

const SHARE_BPS = 7_000

export const aShopper = async (cast: Testbed, network: NetworkName): Promise<Shopper> => {
  const person = await aPerson(cast, { network })
  return { network, person, click: await aClick(cast, person), orders: [], deltas: [] }
}

/** An order is approved; one of those before is declined, or approved again. */
export const somethingNew = async (
  cast: Testbed,
  shopper: Shopper,
  random: () => number,
): Promise<void> => {
  const { now } = await control<{ now: string }>(cast.simulator.url, '/clock')
  const other = shopper.orders[Math.floor(random() * shopper.orders.length)]
  if (other && random() < 0.5) {
    other.status = other.status === 'approved' ? 'declined' : 'approved'
    const share = computeShare(other.commissionMinor, SHARE_BPS)
    shopper.deltas.push(other.status === 'approved' ? share : -share)
    await tell(cast, shopper, other, now)
  }
  const order: Order = {
    name: `${shopper.click}-${shopper.orders.length}`,
    status: 'approved',
    commissionMinor: 100 + Math.floor(random() * 50_000),
    eventAt: now,
  }
  shopper.orders.push(order)
  shopper.deltas.push(computeShare(order.commissionMinor, SHARE_BPS))
  await tell(cast, shopper, order, now)
}

const tell = async (cast: Testbed, { click, network }: Shopper, order: Order, at: string) => {
  const { commissionMinor, eventAt, name, status } = order
  const entry = { at, status, saleMinor: commissionMinor * 10, commissionMinor, eventAt }
  const body = { orders: [{ order: name, network, clickId: click, timeline: [entry] }] }
  await control(cast.simulator.url, '/orders', body)
}

/** What the wallet may hold: all that was approved, less any of what it may not know yet. */
export const allowedBalances = ({ deltas, orders }: Shopper): number[] => {
  const full = orders
    .filter(({ status }) => status === 'approved')
    .reduce((sum, { commissionMinor }) => sum + computeShare(commissionMinor, SHARE_BPS), 0)
  return deltas.reduce((sums, delta) => [...sums, ...sums.map((sum) => sum - delta)], [full])
}
