import type { PayloadRequest } from 'payload'

import { transactionOf } from '../ledger/transactionOf.ts'
import type { SalePage } from '../networks/types.ts'
import { keepSales } from './keepSales.ts'
import { quarantine } from './quarantine.ts'
import { reduceSales } from './reduceSales.ts'
import type { Batch } from './types.ts'

/** What a page brought: rows that were read, sales that are new, changed (those too) or nobody's. */
export type ReducedPage = {
  rows: number
  created: number
  changed: number
  orphans: number
  quarantined: number
}

/**
 * The rows of a page, from sales to members' wallets, in the caller's transaction, which holds
 * `lockNetwork`.
 */
export const reduceRows = async (
  req: PayloadRequest,
  { page, ...batch }: Omit<Batch, 'page'> & { page: SalePage; storedAs: string | null },
): Promise<ReducedPage> => {
  const db = await transactionOf(req)
  const stored = { ...batch, page: batch.storedAs }
  const quarantined = await quarantine(db, stored, page.rejected)
  const { ids, touched, ...kept } = await keepSales(db, stored, page.rows)
  await reduceSales(req, { ids: [...ids, ...touched], now: batch.now })
  return { rows: page.rows.length, changed: ids.length, quarantined, ...kept }
}
