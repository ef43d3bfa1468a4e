import { sql } from '@payloadcms/db-postgres'
import { createLocalReq, type Payload } from 'payload'

import { dbIn } from '../database/dbIn.ts'
import { inTransaction } from '../database/inTransaction.ts'
import { raiseCatalogueVersion } from './catalogueVersion.ts'

/**
 * Deactivates the offers that have ended. With them, in one transaction, the version of the
 * catalogue rises, so that caches drop them. Returns the number of offers.
 */
export const expireOffers = async (payload: Payload, now: Date): Promise<{ expired: number }> => {
  const req = await createLocalReq({}, payload)
  return inTransaction(req, async () => {
    const db = await dbIn(req)
    const at = now.toISOString()
    const { rowCount } = await db.execute(sql`
      update offers set is_active = false, updated_at = ${at} where is_active and ends_at <= ${at}`)
    const expired = rowCount ?? 0
    if (expired > 0) await raiseCatalogueVersion(db, now)
    return { expired }
  })
}
