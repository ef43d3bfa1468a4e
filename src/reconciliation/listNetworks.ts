import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'

/** Every network, switched on or not: it may still owe. By name. */
export const listNetworks = async (db: Database): Promise<{ id: string; name: string }[]> => {
  const { rows } = await db.execute<{ id: string; name: string }>(
    sql`select id::text, name from networks order by name`,
  )
  return rows
}
