import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { type Database, dbIn } from '../../database/dbIn.ts'
import { toJson } from '../../database/toJson.ts'
import { trySavepoint } from '../../database/trySavepoint.ts'
import type { RejectedRow, TransactionPage, TransactionRow } from '../networks/types.ts'
import { applyCashback } from './applyCashback.ts'
import { listRejectedOfPage } from './eventStore.ts'
import { matchReversals } from './matchReversals.ts'
import { quarantine } from './quarantine.ts'
import { rejectImplausible } from './rejectImplausible.ts'
import { storeTransactions } from './transactionStore/storeTransactions.ts'
import type { Batch } from './types.ts'

/**
 * The result of a page: rows that were read; new transactions; new or changed transactions, and the
 * unattributed ones among these; newly quarantined rows.
 */
export type IngestedPage = {
  rows: number
  created: number
  changed: number
  unattributed: number
  quarantined: number
}

/** A page with its number in the run, from 1. */
type PageInput = Omit<Batch, 'pageId'> & { number: number; page: TransactionPage }

/**
 * Ingests one page of a network's report, from its raw body to the members' wallets, in the
 * caller's database transaction: all of it or nothing. Pages may come in any order and any number
 * of times. The steps:
 *
 * 1. `storePage` stores the page as received.
 * 2. `quarantine` stores the rows that its adapter could not read, that cannot be true
 *    (`rejectImplausible`), or that the database refuses.
 * 3. `storeTransactions` stores the others in `network_transactions`, where `observe` decides if they
 *    replace the stored ones, and finds the clicks that they name.
 * 4. `matchReversals` finds the orders of reversals that name none.
 * 5. `applyCashback` decides each transaction's cashback event, and moves the difference to or from
 *    the member's wallet by `postTransfers`. Messages are queued with it.
 *
 * Others join on the way, each under `lockIngestion`: a file at step 1, page by page
 * (`../reconciliation/importTransactions`); a replay and a dry run at 2 (`sync/replayPages`,
 * `tryRows`); postbacks at 2 and 3 (`postbacks/applyPostbacks`); an assignment by a person at 4
 * (`../attribution/applyAssignment`); at 5 a payment by a statement
 * (`../reconciliation/importStatement`) and automatic approval (`autoApprove`).
 */
export const ingestPage = async (
  req: PayloadRequest,
  { number, page, ...batch }: PageInput,
): Promise<IngestedPage> => {
  const db = await dbIn(req)
  await lockIngestion(db, batch.networkId)
  const pageId = await storePage(db, batch, { number, page })
  return ingestRows(req, { ...batch, pageId }, page)
}

/**
 * Ingests the rows of a page: the steps 2 to 5 of `ingestPage`. For the holder of `lockIngestion`.
 */
export const ingestRows = async (
  req: PayloadRequest,
  batch: Batch,
  { rejected, rows }: Pick<TransactionPage, 'rejected' | 'rows'>,
): Promise<IngestedPage> => {
  const db = await dbIn(req)
  const plausible = await rejectImplausible(db, batch, rows)
  const part = await ingestOrIsolate(req, batch, plausible.rows)
  const all = [...rejected, ...plausible.rejected, ...part.refused]
  const quarantined = await quarantine(db, batch, all)
  const { changed, created, unattributed } = part
  return { rows: rows.length, created, changed, unattributed, quarantined }
}

type Part = Pick<IngestedPage, 'changed' | 'created' | 'unattributed'>

/**
 * Ingests rows together. If the database refuses a value, it ingests them in halves, so that the
 * refused row is quarantined and does not stop its page.
 */
const ingestOrIsolate = async (
  req: PayloadRequest,
  batch: Batch,
  rows: TransactionRow[],
): Promise<Part & { refused: RejectedRow[] }> => {
  const none = { changed: 0, created: 0, unattributed: 0 }
  let part: Part = none
  const refusal = await trySavepoint(await dbIn(req), async () => {
    part = await ingestPart(req, batch, rows)
  })
  if (refusal === null) return { ...part, refused: [] }
  const [first] = rows
  if (!first) throw new Error(`The database refuses a page without rows: ${refusal}`)
  if (rows.length === 1) {
    const refused = { raw: first.raw ?? first, code: 'row.refused', detail: refusal }
    return { ...none, refused: [refused] }
  }
  const middle = Math.ceil(rows.length / 2)
  const head = await ingestOrIsolate(req, batch, rows.slice(0, middle))
  const tail = await ingestOrIsolate(req, batch, rows.slice(middle))
  return {
    changed: head.changed + tail.changed,
    created: head.created + tail.created,
    unattributed: head.unattributed + tail.unattributed,
    refused: [...head.refused, ...tail.refused],
  }
}

const ingestPart = async (
  req: PayloadRequest,
  batch: Batch,
  rows: TransactionRow[],
): Promise<Part> => {
  const db = await dbIn(req)
  const stored = await storeTransactions(db, batch, rows)
  const matched = await matchReversals(db, stored.toMatch)
  const { fileImport = null, now, pageId } = batch
  // An import of the same file asks again for what was rejected before.
  const rejectedBefore =
    fileImport !== null && pageId !== null ? await listRejectedOfPage(db, pageId) : []
  const ids = [...stored.ids, ...stored.affected, ...matched, ...rejectedBefore]
  await applyCashback(req, { ids, now, fileImport })
  return {
    created: stored.created,
    changed: stored.ids.length,
    unattributed: stored.unattributed,
  }
}

/** Stores the unchanged page, so that it can be replayed without the network. Returns its id. */
const storePage = async (
  db: Database,
  { networkId, now, observedAt, runId }: Omit<Batch, 'pageId'>,
  { number, page }: Pick<PageInput, 'number' | 'page'>,
): Promise<string> => {
  const at = now.toISOString()
  const count = page.rows.length + page.rejected.length
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into network_pages (id, network_id, run_id, number, rows, body, observed_at,
      created_at, updated_at)
    values (time_ordered_uuid(), ${networkId}, ${runId}, ${number}, ${count},
      ${toJson(page.raw)}::jsonb, ${observedAt.toISOString()}, ${at}, ${at})
    returning id`)
  return rows[0]?.id ?? ''
}

/**
 * Locks a network until the database transaction ends, so that pages, postbacks and assignments of
 * the network are ingested one after another, each on the result of the one before.
 */
export const lockIngestion = async (db: Database, network: string): Promise<void> => {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`ingest:${network}`}, 0))`)
}
