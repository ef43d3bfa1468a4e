import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'

/** A page as it came, and when it was asked for. */
export type StoredPage = { id: string; observedAt: Date; body: unknown }

type Asked = { network: string; between: { from: Date; to: Date } | undefined }

/**
 * The pages of a network, in the order in which they were seen, and those of one time in the order
 * in which they were stored: their names, not their bodies.
 */
export const pagesBetween = async (
  db: Database,
  { between, network }: Asked,
): Promise<Omit<StoredPage, 'body'>[]> => {
  const [from, to] = [between?.from ?? null, between?.to ?? null]
  const { rows } = await db.execute<{ id: string; at: string }>(sql`
    select id::text, to_json(observed_at) #>> '{}' as at from network_pages
    where network_id = ${network}
      and (${from?.toISOString() ?? null}::timestamptz is null or observed_at >= ${from?.toISOString() ?? null})
      and (${to?.toISOString() ?? null}::timestamptz is null or observed_at <= ${to?.toISOString() ?? null})
    order by observed_at, id`)
  return rows.map(({ at, id }) => ({ id, observedAt: new Date(at) }))
}

export const loadPage = async (db: Database, id: string): Promise<StoredPage> => {
  const { rows } = await db.execute<{ at: string; body: unknown }>(sql`
    select to_json(observed_at) #>> '{}' as at, body from network_pages where id = ${id}`)
  const [row] = rows
  if (!row) throw new Error(`The stored page ${id} is gone.`)
  return { id, observedAt: new Date(row.at), body: row.body }
}
