import { createHash } from 'node:crypto'

import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import type { RejectedRow } from '../networks/types.ts'
import { jsonOf } from './jsonOf.ts'
import type { Batch } from './types.ts'

/** Keeps rows that could not be read, each once. Answers how many were not known yet. */
export const quarantine = async (
  db: Database,
  { network, now, run }: Pick<Batch, 'network' | 'now' | 'run'>,
  rejected: RejectedRow[],
): Promise<number> => {
  if (rejected.length === 0) return 0
  const at = now.toISOString()
  const rows = rejected.map((row) => ({
    ...row,
    hash: createHash('sha256')
      .update(JSON.stringify(inOrder(row)))
      .digest('base64url'),
  }))
  const { rowCount } = await db.execute(sql`
    insert into quarantined_rows (id, network_id, run_id, content_hash, code, detail, raw, created_at, updated_at)
    select time_ordered_uuid(), ${network}, ${run}, q.hash, q.code, q.detail, q.raw, ${at}, ${at}
    from jsonb_to_recordset(${jsonOf(rows)}::jsonb)
      as q (hash text, code text, detail text, raw jsonb)
    order by q.hash
    on conflict (network_id, content_hash) do nothing`)
  return rowCount ?? 0
}

/** The database keeps no order of names: the same row, read from there, is the same row. */
const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const sorted = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(sorted.map(([name, inner]) => [name, inOrder(inner)]))
}
