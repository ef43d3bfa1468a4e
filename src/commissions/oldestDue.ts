import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'

import { readerOf } from '../ledger/readerOf.ts'

/** The held commission that is released next, or undefined; those of `except` are not. */
export const oldestDue = async (
  payload: Payload,
  { except, now }: { except: string[]; now: Date },
): Promise<string | undefined> => {
  const db = await readerOf({ payload })
  const { rows } = await db.execute<{ id: string }>(sql`
    select id from commissions where status = 'held' and hold_until <= ${now.toISOString()}
      and not (id::text = any(string_to_array(${except.join(',')}, ',')))
    order by hold_until, id limit 1`)
  return rows[0]?.id
}
