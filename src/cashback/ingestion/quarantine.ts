import { createHash } from 'node:crypto'

import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { type Database, dbIn } from '../../database/dbIn.ts'
import { toJson } from '../../database/toJson.ts'
import { DomainError } from '../../domain/errors.ts'
import { recordAudit } from '../../platform/audit/recordAudit.ts'
import type { RejectedRow } from '../networks/types.ts'
import type { Batch } from './types.ts'

type RejectedBatch = Pick<Batch, 'isReplay' | 'networkId' | 'now' | 'pageId' | 'runId'>

/**
 * Stores rejected rows, each once, with the last stored page that contained it. A row that a replay
 * resolved is open again when it is reported again; a row that a person resolved stays resolved. A
 * replay resolves the other rows of its page. A row of a run stays as the run left it when a postback
 * repeats it. Returns the number of new rows. The caller holds `lockIngestion`.
 */
export const quarantine = async (
  db: Database,
  batch: RejectedBatch,
  rejected: RejectedRow[],
): Promise<number> => {
  const rows = rejected.map((row) => ({
    ...row,
    hash: createHash('sha256')
      .update(toJson(sortKeys(row)))
      .digest('base64url'),
  }))
  const { isReplay, now, pageId } = batch
  if (isReplay && pageId) {
    await resolveReplayed(db, { pageId, now, still: rows.map(({ hash }) => hash) })
  }
  return rows.length > 0 ? storeRejected(db, batch, rows) : 0
}

const storeRejected = async (
  db: Database,
  { isReplay = false, networkId, now, pageId, runId }: RejectedBatch,
  rows: (RejectedRow & { hash: string })[],
): Promise<number> => {
  const at = now.toISOString()
  // A replayed page is not the last page that contained the row.
  const last = isReplay
    ? sql`coalesce(k.page_id, excluded.page_id)`
    : sql`coalesce(excluded.page_id, k.page_id)`
  const isOfRun = sql`k.run_id is not null and excluded.run_id is null`
  const opensAgain = sql`k.resolved_by = 'replay' and not (${isOfRun})`
  const { rows: kept } = await db.execute<{ isNew: boolean }>(sql`
    insert into quarantined_rows as k (id, network_id, run_id, page_id, content_hash, code,
      detail, raw, created_at, updated_at)
    select time_ordered_uuid(), ${networkId}, ${runId}, ${pageId}, q.hash, q.code,
      q.detail, q.raw, ${at}, ${at}
    from (
      select distinct on (hash) *
      from jsonb_to_recordset(${toJson(rows)}::jsonb)
        as r (hash text, code text, detail text, raw jsonb)
      order by hash
    ) q
    on conflict (network_id, content_hash) do update set
      page_id = ${last},
      run_id = coalesce(k.run_id, excluded.run_id),
      updated_at = case when ${isOfRun} then k.updated_at else excluded.updated_at end,
      resolved_at = case when ${opensAgain} then null else k.resolved_at end,
      resolved_by = case when ${opensAgain} then null else k.resolved_by end
    returning xmax = 0 as "isNew"`)
  return kept.filter(({ isNew }) => isNew).length
}

/** Sorts the keys before hashing, because the database does not keep their order. */
const sortKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  const sorted = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(sorted.map(([name, inner]) => [name, sortKeys(inner)]))
}

/**
 * Resolves the open rows of a stored page that was replayed, except those that were rejected again
 * for the same reason (`still`, by content hash). A row that is now rejected for another reason is
 * a row of its own.
 */
const resolveReplayed = async (
  db: Database,
  { now, pageId, still }: { pageId: string; now: Date; still: string[] },
): Promise<void> => {
  const at = now.toISOString()
  await db.execute(sql`
    update quarantined_rows set resolved_at = ${at}, resolved_by = 'replay', updated_at = ${at}
    where page_id = ${pageId} and resolved_at is null
      and content_hash not in (select jsonb_array_elements_text(${JSON.stringify(still)}::jsonb))`)
}

type Resolution = { row: string; reason: string; by: string; now: Date }

/**
 * Resolves an open quarantined row, in the caller's database transaction; audited. It creates no
 * transaction and moves no money. The first of several concurrent requests wins.
 *
 * @throws DomainError `quarantine.resolved` the row is already resolved
 */
export const resolveByHand = async (
  req: PayloadRequest,
  { by, now, reason, row }: Resolution,
): Promise<void> => {
  const db = await dbIn(req)
  const at = now.toISOString()
  const { rowCount } = await db.execute(sql`
    update quarantined_rows set
      resolved_at = ${at},
      resolved_by = 'person',
      person_id = ${by},
      reason = ${reason},
      updated_at = ${at}
    where id = ${row} and resolved_at is null`)
  if (rowCount !== 1) throw new DomainError('quarantine.resolved', 'This row was resolved before.')
  await recordAudit({
    req,
    action: 'resolve',
    subject: 'quarantined-rows',
    subjectId: row,
    before: { resolvedAt: null },
    after: { resolvedAt: at, resolvedBy: 'person' },
    reason,
  })
}
