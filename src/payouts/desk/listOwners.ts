import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'

/** A member of the staff who can own a hold. */
export type Owner = { id: string; name: string }

/** Lists the staff by name, for the owner of a hold. */
export const listOwners = async (db: Database): Promise<Owner[]> => {
  const { rows } = await db.execute<Owner>(sql`
    select id::text, coalesce(name, email) as name
    from users
    where role in ('admin', 'finance', 'support')
    order by 2, id`)
  return rows
}
