import { sql } from '@payloadcms/db-postgres'

import type { Database } from './transactionOf.ts'

/**
 * The first millisecond that nothing can have been posted at yet, by the clock that postings are
 * dated with: that of the database.
 */
export const ledgerNow = async (db: Database): Promise<Date> => {
  const { rows } = await db.execute<{ ms: string }>(
    sql`select floor(extract(epoch from clock_timestamp()) * 1000) + 1 as ms`,
  )
  return new Date(Number(rows[0]?.ms))
}
