import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'

/**
 * Lets one transaction at a time reduce what a network says, be it a page, a postback or an
 * assignment: each then sees what the one before decided.
 */
export const lockNetwork = async (db: Database, network: string): Promise<void> => {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`reduce:${network}`}, 0))`)
}
