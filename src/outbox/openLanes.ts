import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import type { Lane } from '../messaging/types.ts'

/** Those of the lanes that no admin has paused. */
export const openLanes = async (db: Database, lanes: Lane[]): Promise<Lane[]> => {
  const { rows } = await db.execute<Record<Lane, boolean | null>>(sql`
    select otp_paused as otp, money_paused as money, bulk_paused as bulk from messaging_config limit 1`)
  return lanes.filter((lane) => rows[0]?.[lane] !== true)
}
