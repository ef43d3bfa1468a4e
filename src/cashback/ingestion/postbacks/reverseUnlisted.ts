import { createLocalReq, type Payload } from 'payload'

import { dbIn } from '../../../database/dbIn.ts'
import { inTransaction } from '../../../database/inTransaction.ts'
import { applyCashback } from '../applyCashback.ts'
import { lockIngestion } from '../ingestPage.ts'
import { matchReversals } from '../matchReversals.ts'
import { withdrawUnlisted } from '../transactionStore/recordProvisional.ts'

/**
 * Reverses the credits that postbacks of a trusted network caused and that its API does not list,
 * although it was read completely past the window and the lag; in a database transaction of its
 * own. Returns the number of transactions.
 */
export const reverseUnlisted = async (
  payload: Payload,
  { network, now }: { network: string; now: Date },
): Promise<number> => {
  const req = await createLocalReq({}, payload)
  return inTransaction(req, async () => {
    const db = await dbIn(req)
    await lockIngestion(db, network)
    const ids = await withdrawUnlisted(db, { network, now })
    const matched = await matchReversals(db, ids)
    await applyCashback(req, { ids: [...new Set([...ids, ...matched])], now })
    return ids.length
  })
}
