import { createHash } from 'node:crypto'

import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import type { RejectedRow } from '../networks/types.ts'
import { jsonOf } from './jsonOf.ts'
import { settleRead } from './settleRead.ts'
import type { Batch } from './types.ts'

type Rejecting = Pick<Batch, 'isReplay' | 'network' | 'now' | 'page' | 'run'>

/**
 * Keeps rows that could not be read, each once, with the stored page that it came in last. One that
 * a replay had settled and that comes again is open again; one that a person settled is not, having
 * been seen as it is. A replay settles the other rows of its page. Answers how many were not known
 * yet. For whoever holds the network's lock.
 */
export const quarantine = async (
  db: Database,
  batch: Rejecting,
  rejected: RejectedRow[],
): Promise<number> => {
  const rows = rejected.map((row) => ({
    ...row,
    hash: createHash('sha256')
      .update(jsonOf(inOrder(row)))
      .digest('base64url'),
  }))
  const { isReplay, now, page } = batch
  if (isReplay && page) await settleRead(db, { page, now, still: rows.map(({ hash }) => hash) })
  return rows.length > 0 ? keep(db, batch, rows) : 0
}

const keep = async (
  db: Database,
  { isReplay = false, network, now, page, run }: Rejecting,
  rows: (RejectedRow & { hash: string })[],
): Promise<number> => {
  const at = now.toISOString()
  // An older page that is read again is not the last one.
  const last = isReplay
    ? sql`coalesce(k.page_id, excluded.page_id)`
    : sql`coalesce(excluded.page_id, k.page_id)`
  const isOpen = sql`k.settled_by = 'replay'`
  const { rows: kept } = await db.execute<{ isNew: boolean }>(sql`
    insert into quarantined_rows as k (id, network_id, run_id, page_id, content_hash, code, detail, raw, created_at, updated_at)
    select time_ordered_uuid(), ${network}, ${run}, ${page}, q.hash, q.code, q.detail, q.raw, ${at}, ${at}
    from (select distinct on (hash) * from jsonb_to_recordset(${jsonOf(rows)}::jsonb)
      as r (hash text, code text, detail text, raw jsonb) order by hash) q
    on conflict (network_id, content_hash) do update set page_id = ${last}, updated_at = excluded.updated_at,
      settled_at = case when ${isOpen} then null else k.settled_at end,
      settled_by = case when ${isOpen} then null else k.settled_by end
    returning xmax = 0 as "isNew"`)
  return kept.filter(({ isNew }) => isNew).length
}

/** The database keeps no order of names: the same row, read from there, is the same row. */
const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const sorted = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(sorted.map(([name, inner]) => [name, inOrder(inner)]))
}
