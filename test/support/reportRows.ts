import { createLocalReq } from 'payload'

import { inTransaction } from '../../src/database/inTransaction.ts'
import type { TransactionRow } from '../../src/cashback/networks/types.ts'
import { ingestPage } from '../../src/cashback/ingestion/ingestPage.ts'
import type { Product } from './startProduct.ts'
import { instantOf } from './reportStory.ts'

/** An approved transaction of the first day, as a network tells of it. */
export const aRow = (
  clickId: string | null,
  over: Partial<TransactionRow> = {},
): TransactionRow => ({
  externalId: '1',
  isIdGenerated: false,
  orderId: '1',
  clickId,
  merchantId: null,
  merchantName: 'Corner & Co',
  status: 'approved',
  rawStatus: 'approved',
  saleMinor: 100_000,
  commissionMinor: 5_000,
  currency: 'INR',
  eventAt: instantOf(0).toISOString(),
  clickedAt: null,
  changedAt: null,
  reversalOf: null,
  comment: null,
  raw: null,
  ...over,
})

/** One page through the reducer, as it was seen on that day. */
export const reportRows = async (
  { payload }: Pick<Product, 'payload'>,
  { day, network, rows }: { day: number; network: string; rows: TransactionRow[] },
) => {
  const req = await createLocalReq({}, payload)
  const page = { rows, rejected: [], raw: rows, total: rows.length }
  const at = { observedAt: instantOf(day), now: instantOf(day) }
  return inTransaction(req, () => ingestPage(req, { network, run: null, number: 1, page, ...at }))
}
