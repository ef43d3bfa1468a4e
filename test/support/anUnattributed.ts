import { randomUUID } from 'node:crypto'

import { createLocalReq } from 'payload'

import { inTransaction } from '../../src/database/inTransaction.ts'
import type { TransactionRow } from '../../src/cashback/networks/types.ts'
import { ingestPage } from '../../src/cashback/ingestion/ingestPage.ts'
import { aShop } from './aShop.ts'
import type { Product } from './startProduct.ts'

export type Shop = { merchant: string; network: string; slug: string }

/** A shop at a network of its own, by ids. */
export const aSeller = async ({ payload }: Product, over: object = {}): Promise<Shop> => {
  const { merchant, network } = await aShop(payload, over)
  return { merchant: merchant.id, network: network.id, slug: merchant.slug }
}

/** Hours before now, as ISO 8601. */
export const hoursAgo = (hours: number): string =>
  new Date(Date.now() - hours * 3_600_000).toISOString()

export type GivenClick = Shop & {
  member: string | null
  at: string
  clickId?: string
  rateBps?: number
  isBot?: boolean
}

/** A click as it was kept at that time; answers the ids of its row and on its way. */
export const aClick = async (
  { sql }: Product,
  { at, clickId, isBot = false, member, merchant, network, rateBps = 7_000 }: GivenClick,
): Promise<{ id: string; clickId: string }> => {
  const made = clickId ?? randomUUID().replaceAll('-', '').slice(0, 27)
  const [row] = await sql<{ id: string }>(`
    insert into clicks (id, click_id, member_id, merchant_id, network_id, rate_basis, rate_bps, url,
      is_bot, created_at)
    values (time_ordered_uuid(), '${made}', ${member ? `'${member}'` : 'null'}, '${merchant}',
      '${network}', 'commission', ${rateBps}, 'x', ${String(isBot)}, '${at}') returning id`)
  return { id: row?.id ?? '', clickId: made }
}

/** What a network tells of transactions, through the reducer, as one page of a poll. */
export const tellTransactions = async (
  { payload }: Product,
  { network }: Shop,
  transactions: Partial<TransactionRow>[],
): Promise<void> => {
  // One time for all rows: a reversal is never earlier than its order.
  const eventAt = hoursAgo(2)
  const rows = transactions.map((transaction) => ({
    ...TRANSACTION,
    eventAt,
    ...transaction,
  }))
  const req = await createLocalReq({}, payload)
  const page = { rows, rejected: [], raw: rows, total: rows.length }
  const now = new Date()
  await inTransaction(req, () =>
    ingestPage(req, { network, run: null, number: 1, page, observedAt: now, now }),
  )
}

/** A transaction of a shop that came without a click; answers the id of its row. */
export const anUnattributed = async (
  product: Product,
  shop: Shop,
  over: Partial<TransactionRow> = {},
): Promise<string> => {
  const externalId = over.externalId ?? randomUUID()
  await tellTransactions(product, shop, [{ externalId, ...over }])
  const [row] = await product.sql<{ id: string }>(
    `select id from network_transactions where external_id = '${externalId}'`,
  )
  return row?.id ?? ''
}

const TRANSACTION: Omit<TransactionRow, 'eventAt'> = {
  externalId: 'o1',
  isIdGenerated: false,
  orderId: null,
  clickId: null,
  merchantId: '31',
  merchantName: 'Corner & Co',
  status: 'approved',
  rawStatus: 'approved',
  saleMinor: 249_900,
  commissionMinor: 12_495,
  currency: 'INR',
  clickedAt: null,
  changedAt: null,
  reversalOf: null,
  comment: null,
  raw: null,
}
