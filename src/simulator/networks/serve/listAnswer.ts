import type { Answer, AnyFault } from '../../types.ts'
import { jsonAnswer } from '../formats/answers.ts'
import type { Orders } from '../truth/createOrders.ts'
import type { SaleQuery } from '../truth/types.ts'
import type { Network } from '../types.ts'
import { spoiledRow } from './spoiledRow.ts'

type Listing = {
  network: Network
  orders: Orders
  query: SaleQuery
  now: Date
  fault: AnyFault | null
}

/** A page of sales, or one that contradicts its neighbours as the fault wants it to. */
export const listAnswer = (listing: Listing): { answer: Answer; rows: number } => {
  const { fault, network, now, orders, query } = listing
  const { envelope, nothing, optional, row } = network.list
  const drift = fault ? (DRIFTS[fault] ?? 0) : 0
  const moved = { ...query, offset: query.offset + drift }
  const page = orders.page(network.name, moved, now.getTime())
  const sales =
    fault === 'truncated-but-valid'
      ? page.sales.slice(0, Math.floor(page.sales.length / 2))
      : page.sales
  const rows = sales.map((sale, index) => spoiledRow({ row: row(sale), fault, index, optional }))
  if (page.sales.length === 0 && nothing) return { answer: nothing, rows: 0 }
  const lie = fault === 'count-lies' ? 1 + ((query.offset / query.limit) % 3) : 0
  const total = page.total - drift + lie
  return { answer: jsonAnswer(200, envelope({ rows, total, query })), rows: rows.length }
}

/**
 * A row came, or went, on the pages before: the last row comes again, or one is passed over. The
 * total tells of it, as it would.
 */
const DRIFTS: Partial<Record<string, number>> = {
  'dup-across-pages': -1,
  'skip-across-pages': 1,
}
