import { randomUUID } from 'node:crypto'

import { createLocalReq } from 'payload'

import { inTransaction } from '../../src/database/inTransaction.ts'
import type { TransactionStatus } from '../../src/domain/cashback/transaction.ts'
import { TRANSACTION_STATUSES } from '../../src/domain/cashback/transaction.ts'
import type { TransactionRow } from '../../src/cashback/networks/types.ts'
import { ingestPage } from '../../src/cashback/ingestion/ingestPage.ts'
import { aUser } from './factories.ts'
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

const DAY = 86_400_000
const START = Date.parse('2026-01-01T10:00:00Z')

/** What is seen of an order on a day; null before anybody tells of it. */
const seenOn = (order: Order, day: number): TransactionRow | null => {
  const steps = order.timeline.filter((step) => step.day <= day)
  const last = steps.at(-1)
  if (!last) return null
  const told = steps.reduce((sum, step) => ({ ...sum, ...step }))
  const first = steps[0]
  return {
    externalId: order.order,
    isIdGenerated: false,
    orderId: told.reversalOf ?? order.order,
    clickId: order.click,
    merchantId: null,
    merchantName: 'Corner & Co',
    status:
      TRANSACTION_STATUSES.find((known): known is TransactionStatus => known === last.status) ??
      'unknown',
    rawStatus: last.status,
    saleMinor: told.saleMinor ?? null,
    commissionMinor: told.commissionMinor ?? 0,
    currency: told.currency ?? 'INR',
    eventAt:
      told.eventAt ?? new Date(START + (told.eventDay ?? first?.day ?? 0) * DAY).toISOString(),
    clickedAt: null,
    changedAt: null,
    reversalOf: told.reversalOf ?? null,
    comment: null,
    raw: null,
  }
}

export const instantOf = (day: number): Date => new Date(START + day * DAY)

/** A member with the story's clicks, at a network of their own. */
export const aShopper = async (
  { payload, sql }: Pick<Product, 'payload' | 'sql'>,
  orders: Order[],
) => {
  const member = await aUser(payload)
  const network = await payload.create({
    collection: 'networks',
    data: { name: randomUUID(), adapter: 'vcommission' } as never,
  })
  const merchant = await payload.create({
    collection: 'merchants',
    data: { name: 'Corner & Co', slug: `m-${randomUUID()}` } as never,
  })
  const clicks = new Map<string, string>()
  for (const { click } of orders) {
    if (!click || clicks.has(click)) continue
    const id = randomUUID().replaceAll('-', '').slice(0, 27)
    clicks.set(click, id)
    await sql(`insert into clicks (id, click_id, member_id, merchant_id, network_id, rate_basis, rate_bps, url)
      values (time_ordered_uuid(), '${id}', '${member.id}', '${merchant.id}', '${network.id}', 'commission', 7000, 'x')`)
  }
  return { member, network, clicks }
}

/** One poll: all orders as they are on that day, seen at that time, however late it arrives. */
export const poll = async (
  { payload, sql }: Pick<Product, 'payload' | 'sql'>,
  {
    clicks,
    day,
    network,
    orders,
  }: { clicks: Map<string, string>; day: number; network: string; orders: Order[] },
) => {
  const rows = orders.flatMap((order) => {
    const row = seenOn(order, day)
    return row ? [{ ...row, clickId: clicks.get(row.clickId ?? '') ?? null }] : []
  })
  await sql(`update networks set last_success_at = '${instantOf(day).toISOString()}'
    where id = '${network}'`)
  const req = await createLocalReq({}, payload)
  return inTransaction(req, () =>
    ingestPage(req, {
      network,
      run: null,
      number: 1,
      page: { rows, rejected: [], raw: rows, total: rows.length },
      observedAt: instantOf(day),
      now: instantOf(day),
    }),
  )
}
