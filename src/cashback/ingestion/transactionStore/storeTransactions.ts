import { createHash } from 'node:crypto'

import { sql } from '@payloadcms/db-postgres'

import { hasUnstorableText, toJson } from '../../../database/toJson.ts'
import type { Database } from '../../../database/dbIn.ts'
import { type LastObservation, observe, supersedes } from '../../../domain/cashback/observe.ts'
import { reversedOrder } from '../../../domain/cashback/transaction.ts'
import type { TransactionRow } from '../../networks/types.ts'
import { deleteUnpostedEvents } from '../eventStore.ts'
import type { Batch } from '../types.ts'
import { lastKnownStatus } from './transactionSql.ts'
import {
  discardProvisional,
  keepUnmappedStatus,
  type Observed,
  recordUnchanged,
  upsertTransactions,
} from './writeObservations.ts'

export type StoredTransactions = {
  /** The ids of transactions that are new or changed. */
  ids: string[]
  /** The ids of the transactions of the orders that rows leave, and of reversals that need one. */
  affected: string[]
  /** The ids of the transactions for which `matchReversals` must run again. */
  toMatch: string[]
  created: number
  unattributed: number
}

/**
 * Stores observations of a network's transactions, if `observe` decides that they replace the
 * stored ones, and finds their clicks. A late or repeated observation changes nothing; one of the
 * API replaces every report of postbacks, however late it is, and drops what they claimed wrongly,
 * with its cashback event if no money moved. For the holder of `lockIngestion`. The caller matches
 * reversals and applies cashback.
 */
export const storeTransactions = async (
  db: Database,
  batch: Batch,
  given: TransactionRow[],
): Promise<StoredTransactions> => {
  const rows = toStorableRows(given)
  const known = await loadKnown(db, batch.networkId, rows)
  const sorted = sortByResult(batch, known, rows)
  const { changed, unchanged, unmapped } = sorted

  await recordUnchanged(db, batch, unchanged)
  const reported = changed.filter(({ externalId }) => known.get(externalId)?.isProvisional)
  await deleteUnpostedEvents(db, await discardProvisional(db, batch, reported))
  const affected = await findAffected(db, batch.networkId, changed)
  const written = [
    ...(await upsertTransactions(db, batch, changed)),
    ...(await keepUnmappedStatus(db, batch, unmapped)),
  ]

  const ids = written.map(({ id }) => id)
  // A repeated reversal is matched again: an order that fits it better may have come since.
  const repeated = unchanged
    .filter(isUnmatchedReversal)
    .flatMap(({ externalId }) => known.get(externalId)?.id ?? [])
  return {
    ids,
    affected,
    toMatch: [...ids, ...affected, ...repeated],
    created: changed.filter(({ externalId }) => !known.has(externalId)).length,
    unattributed: written.filter(({ isUnattributed }) => isUnattributed).length,
  }
}

/** Converts rows to values that the database can hold, since they are compared with stored ones. */
const toStorableRows = (rows: TransactionRow[]): TransactionRow[] => {
  const withoutRaw = rows.map((row) => ({ ...row, raw: null }))
  return hasUnstorableText(JSON.stringify(withoutRaw))
    ? (JSON.parse(toJson(withoutRaw)) as TransactionRow[])
    : rows
}

type Known = LastObservation & { id: string; externalId: string }

/** Loads the stored state of the transactions of these rows, by the network's ids. */
const loadKnown = async (
  db: Database,
  network: string,
  rows: TransactionRow[],
): Promise<Map<string, Known>> => {
  const ids = JSON.stringify(rows.map(({ externalId }) => externalId))
  const found = await db.execute<Known>(sql`
    select id::text,
      external_id as "externalId",
      content_hash as "contentHash",
      is_provisional is true as "isProvisional",
      is_provisional is not true and ${lastKnownStatus(sql`t`)} <> 'unknown' as "hasKnownStatus",
      page_id::text as page,
      to_json(changed_at) #>> '{}' as "changedAt",
      to_json(observed_at) #>> '{}' as "observedAt"
    from network_transactions t
    where network_id = ${network}
      and external_id in (select jsonb_array_elements_text(${ids}::jsonb))`)
  return new Map(found.rows.map((row) => [row.externalId, row]))
}

type Sorted = Record<'changed' | 'unchanged' | 'unmapped' | 'outdated', Observed[]>

const sortByResult = (
  { isReplay = false, observedAt, pageId }: Batch,
  known: Map<string, Known>,
  rows: TransactionRow[],
): Sorted => {
  const sorted: Sorted = { changed: [], unchanged: [], unmapped: [], outdated: [] }
  const at = observedAt.toISOString()
  for (const row of takeLatest(rows, at)) {
    const stored = known.get(row.externalId) ?? null
    sorted[observe({ seen: { ...row, observedAt: at, page: pageId }, stored, isReplay })].push(row)
  }
  return sorted
}

/**
 * Keeps the last observation of each transaction. A page may contain a row twice: of two with equal
 * times the later row wins.
 */
const takeLatest = (rows: TransactionRow[], observedAt: string): Observed[] => {
  const latest = new Map<string, Observed>()
  for (const row of rows) {
    const earlier = latest.get(row.externalId)
    if (earlier && !supersedes({ ...row, observedAt }, { ...earlier, observedAt })) continue
    const reversalOf = reversedOrder(row)
    latest.set(row.externalId, { ...row, reversalOf, contentHash: hashContent(row) })
  }
  return [...latest.values()]
}

/** Hashes all fields of a row that matter. The time of its change does not. */
const hashContent = (row: TransactionRow): string => {
  const content = { ...row, changedAt: null, raw: null }
  const sorted = Object.entries(content).sort(([one], [other]) => (one < other ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64url')
}

const isUnmatchedReversal = ({ commissionMinor, reversalOf }: Observed): boolean =>
  commissionMinor < 0 && reversalOf === null

/**
 * Finds the transactions that these rows affect, by the stored state before they are written. A row
 * may now belong to another order, or reverse another: the first order then gets back what the row
 * took. If a row now names another click, the reversals that we matched to its order need another
 * order.
 */
const findAffected = async (db: Database, network: string, rows: Observed[]): Promise<string[]> => {
  if (rows.length === 0) return []
  const body = JSON.stringify(
    rows.map(({ externalId, orderId, subId }) => ({ externalId, orderId, subId })),
  )
  const { rows: affected } = await db.execute<{ id: string }>(sql`
    with before as materialized (
      select t.order_id, t.reversal_of, s."orderId" as new_order_id,
        t.sub_id is distinct from s."subId" as has_other_click
      from jsonb_to_recordset(${body}::jsonb)
        as s ("externalId" text, "orderId" text, "subId" text)
      join network_transactions t
        on t.network_id = ${network} and t.external_id = s."externalId"
    ), orders as materialized (
      select reversal_of as order_id from before where reversal_of is not null
      union
      select order_id from before where order_id is not null and order_id is distinct from new_order_id
    )
    select o.id::text
    from orders
    join network_transactions o on o.network_id = ${network} and o.order_id = orders.order_id
    union
    select r.id::text
    from before
    join network_transactions r on r.network_id = ${network} and r.reversal_of = before.order_id
    where before.has_other_click and r.is_reversal_inferred`)
  return affected.map(({ id }) => id)
}
