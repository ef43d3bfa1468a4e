import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'

/** The days of `finance-config` until a changed account and a lone admin's change count. */
export const loadCoolDown = async (db: Database): Promise<number> => {
  const { rows } = await db.execute<{ days: string }>(
    sql`select cool_down_days::text as days from finance_config`,
  )
  return Number(rows[0]?.days ?? DEFAULT_DAYS)
}

const DEFAULT_DAYS = 3
