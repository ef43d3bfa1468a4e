import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import type { SalePage } from '../networks/types.ts'
import { jsonOf } from './jsonOf.ts'
import type { Batch } from './types.ts'

/** Keeps a page as it came, so that it can be read again without the network. Answers its id. */
export const storePage = async (
  db: Database,
  { network, now, observedAt, run }: Omit<Batch, 'page'>,
  { number, page }: { number: number; page: SalePage },
): Promise<string> => {
  const at = now.toISOString()
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into network_pages (id, network_id, run_id, number, rows, body, observed_at, created_at, updated_at)
    values (time_ordered_uuid(), ${network}, ${run}, ${number},
      ${page.rows.length + page.rejected.length}, ${jsonOf(page.raw)}::jsonb,
      ${observedAt.toISOString()}, ${at}, ${at})
    returning id`)
  return rows[0]?.id ?? ''
}
