import type { PayloadRequest } from 'payload'

import { transactionOf } from '../ledger/transactionOf.ts'
import type { SalePage } from '../networks/types.ts'
import { lockNetwork } from './lockNetwork.ts'
import { type ReducedPage, reduceRows } from './reduceRows.ts'
import { storePage } from './storePage.ts'
import type { Batch } from './types.ts'

/**
 * One page of a network's report, from its raw body to members' wallets, in the caller's
 * transaction: all of it is kept, or nothing. A page may come in any order and any number of times.
 */
export const reducePage = async (
  req: PayloadRequest,
  { number, page, ...batch }: Omit<Batch, 'page'> & { number: number; page: SalePage },
): Promise<ReducedPage> => {
  const db = await transactionOf(req)
  await lockNetwork(db, batch.network)
  const storedAs = await storePage(db, batch, { number, page })
  return reduceRows(req, { ...batch, page, storedAs })
}
