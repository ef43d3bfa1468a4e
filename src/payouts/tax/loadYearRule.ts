import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'

/** India’s financial year, the default of `payout-config`. */
const DEFAULT = { yearStart: '04-01', timeZone: 'Asia/Kolkata' }

/**
 * Loads the financial year of a currency: that of its latest deduction, or the default where none
 * was set up.
 */
export const loadYearRule = async (
  db: Database,
  currency: string,
): Promise<{ yearStart: string; timeZone: string }> => {
  const { rows } = await db.execute<{ yearStart: string; timeZone: string }>(sql`
    select year_start as "yearStart", time_zone as "timeZone"
    from payout_config_deductions
    where currency = ${currency}
    order by "from" desc, _order desc
    limit 1`)
  return rows[0] ?? DEFAULT
}
