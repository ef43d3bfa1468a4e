import { computeShare } from '../../../src/domain/money.ts'
import { control } from '../control.ts'
import { requestClick, createPerson, type Person } from './createPerson.ts'
import type { NetworkName } from './networkSettings.ts'
import type { Testbed } from './startTestbed.ts'

type Order = { name: string; status: string; commissionMinor: number; eventAt: string }

/** A member with orders that change in every round. */
export type Shopper = {
  network: NetworkName
  person: Person
  click: string
  orders: Order[]
  /** Changes that may not be in the wallet yet, in minor units. */
  deltas: number[]
}

const SHARE_BPS = 7_000

export const createShopper = async (testbed: Testbed, network: NetworkName): Promise<Shopper> => {
  const person = await createPerson(testbed, { network })
  return { network, person, click: await requestClick(testbed, person), orders: [], deltas: [] }
}

/**
 * Adds an approved order. In half of the cases it also declines an earlier one, or approves it
 * again.
 */
export const changeOrders = async (
  testbed: Testbed,
  shopper: Shopper,
  random: () => number,
): Promise<void> => {
  const { now } = await control<{ now: string }>(testbed.simulator.url, '/clock')
  const other = shopper.orders[Math.floor(random() * shopper.orders.length)]
  if (other && random() < 0.5) {
    other.status = other.status === 'approved' ? 'declined' : 'approved'
    const share = computeShare(other.commissionMinor, SHARE_BPS)
    shopper.deltas.push(other.status === 'approved' ? share : -share)
    await reportOrder(testbed, shopper, other, now)
  }
  const order: Order = {
    name: `${shopper.click}-${shopper.orders.length}`,
    status: 'approved',
    commissionMinor: 100 + Math.floor(random() * 50_000),
    eventAt: now,
  }
  shopper.orders.push(order)
  shopper.deltas.push(computeShare(order.commissionMinor, SHARE_BPS))
  await reportOrder(testbed, shopper, order, now)
}

const reportOrder = async (
  testbed: Testbed,
  { click, network }: Shopper,
  order: Order,
  at: string,
) => {
  const { commissionMinor, eventAt, name, status } = order
  const entry = { at, status, saleMinor: commissionMinor * 10, commissionMinor, eventAt }
  const body = { orders: [{ order: name, network, clickId: click, timeline: [entry] }] }
  await control(testbed.simulator.url, '/orders', body)
}

/**
 * Returns the balances that are right now: that of all approved orders, with and without each open
 * change.
 */
export const allowedBalances = ({ deltas, orders }: Shopper): number[] => {
  const full = orders
    .filter(({ status }) => status === 'approved')
    .reduce((sum, { commissionMinor }) => sum + computeShare(commissionMinor, SHARE_BPS), 0)
  return deltas.reduce((sums, delta) => [...sums, ...sums.map((sum) => sum - delta)], [full])
}
