import { TRANSACTION_STATUSES } from '../../src/domain/cashback/transaction.ts'
import type { TransactionRow } from '../../src/cashback/networks/types.ts'
import {
  buildTransactionRow,
  createMerchant,
  createNetwork,
  ingestRowsAt,
} from './cashbackFactories.ts'
import { createUser } from './factories.ts'
import { insertClick } from './insertRows.ts'
import { eventInstantOf, instantOf } from './instants.ts'
import type { Product } from './startProduct.ts'

type Step = {
  day: number
  status: string
  saleMinor?: number
  commissionMinor?: number
  currency?: string
  eventDay?: number
  eventAt?: string
  reversalOf?: string
}
export type Order = { order: string; click: string | null; timeline: Step[] }
export type Story = {
  id: string
  why: string
  orders: Order[]
  settings?: { autoApprove: string; capMinor: number }
  deliver?: string[]
  adjust?: { day: number; amountMinor: number; currency: string; reason: string }[]
  expect: { wallet: Record<string, number>; events: Record<string, string> }
}

/** Creates a network and a merchant, and a member with the clicks of these orders, by their names. */
export const createMemberWithClicks = async (
  product: Pick<Product, 'payload' | 'sql'>,
  orders: Order[],
) => {
  const { payload } = product
  const member = await createUser(payload)
  const network = await createNetwork(payload)
  const merchant = await createMerchant(payload)
  const ids = { member: member.id, merchant: merchant.id, network: network.id }
  const clicks = new Map<string, string>()
  for (const { click } of orders) {
    if (!click || clicks.has(click)) continue
    clicks.set(click, (await insertClick(product, ids)).clickId)
  }
  return { member, network, clicks }
}

/** Ingests one page with all orders as they are on that day, read on that day. */
export const ingestOrders = async (
  product: Pick<Product, 'payload' | 'sql'>,
  {
    clicks,
    day,
    network,
    orders,
  }: { clicks: Map<string, string>; day: number; network: string; orders: Order[] },
) => {
  const rows = orders.flatMap((order) => {
    const row = buildRowAt(order, day)
    return row ? [{ ...row, subId: clicks.get(row.subId ?? '') ?? null }] : []
  })
  await product.sql(`update networks set last_success_at = '${instantOf(day).toISOString()}'
    where id = '${network}'`)
  return ingestRowsAt(product, { network, rows, at: instantOf(day) })
}

/** Builds the row of an order on a day, with the name of its click; null before its first step. */
const buildRowAt = (order: Order, day: number): TransactionRow | null => {
  const steps = order.timeline.filter((step) => step.day <= day)
  const [first] = steps
  if (!first) return null
  const current = steps.reduce((sum, step) => ({ ...sum, ...step }))
  return buildTransactionRow({
    externalId: order.order,
    orderId: current.reversalOf ?? order.order,
    subId: order.click,
    status: TRANSACTION_STATUSES.find((known) => known === current.status) ?? 'unknown',
    rawStatus: current.status,
    saleMinor: current.saleMinor ?? null,
    commissionMinor: current.commissionMinor ?? 0,
    currency: current.currency ?? 'INR',
    eventAt: current.eventAt
      ? eventInstantOf(current.eventAt)
      : instantOf(current.eventDay ?? first.day).toISOString(),
    reversalOf: current.reversalOf ?? null,
  })
}
