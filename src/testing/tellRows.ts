import { createLocalReq } from 'payload'

import { inTransaction } from '../ledger/inTransaction.ts'
import type { SaleRow } from '../networks/types.ts'
import { reducePage } from '../sync/reducePage.ts'
import type { Product } from './startProduct.ts'
import { instantOf } from './tellStory.ts'

/** An approved sale of the first day, as a network tells of it. */
export const aRow = (clickId: string | null, over: Partial<SaleRow> = {}): SaleRow => ({
  externalId: '1',
  isIdMade: false,
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
  returnOf: null,
  comment: null,
  raw: null,
  ...over,
})

/** One page through the reducer, as it was seen on that day. */
export const tellRows = async (
  { payload }: Pick<Product, 'payload'>,
  { day, network, rows }: { day: number; network: string; rows: SaleRow[] },
) => {
  const req = await createLocalReq({}, payload)
  const page = { rows, rejected: [], raw: rows, total: rows.length }
  const at = { observedAt: instantOf(day), now: instantOf(day) }
  return inTransaction(req, () => reducePage(req, { network, run: null, number: 1, page, ...at }))
}
