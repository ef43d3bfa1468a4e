import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import type { SyncMode } from './requestSync.ts'

export type OpenRequest = {
  id: string
  network: string
  mode: SyncMode
  asked: { from: Date; to: Date } | undefined
}

type Row = Omit<OpenRequest, 'asked'> & { from: string | null; to: string | null }

/**
 * Requests that are not over, oldest first. One that says `running` is among them: whether its
 * worker lives is known to whoever gets the network's lock.
 */
export const openRequests = async (db: Database): Promise<OpenRequest[]> => {
  const { rows } = await db.execute<Row>(sql`
    select id::text, network_id::text as network, mode::text,
      to_json(window_from) #>> '{}' as "from", to_json(window_to) #>> '{}' as "to"
    from sync_requests where status in ('waiting', 'running') order by created_at, id`)
  return rows.map(({ from, to, ...row }) => ({
    ...row,
    asked: from && to ? { from: new Date(from), to: new Date(to) } : undefined,
  }))
}
