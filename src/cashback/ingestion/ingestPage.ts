import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { type Database, dbIn } from '../../database/dbIn.ts'
import { toJson } from '../../database/toJson.ts'
import type { TransactionPage } from '../networks/types.ts'
import { applyCashback } from './applyCashback.ts'
import { matchReversals } from './matchReversals.ts'
import { quarantine } from './quarantine.ts'
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

/**
 * Ingests one page of a network's report, from its raw body to the members' wallets, in the
 * caller's database transaction: all of it or nothing. Pages may come in any order and any number
 * of times.
 */
export const ingestPage = async (
  req: PayloadRequest,
  { number, page, ...batch }: Omit<Batch, 'page'> & { number: number; page: TransactionPage },
): Promise<IngestedPage> => {
  const db = await dbIn(req)
  await lockNetwork(db, batch.network)
  const stored = await storePage(db, batch, { number, page })
  return ingestRows(req, { ...batch, page: stored }, page)
}

/**
 * Ingests the rows of a page in the caller's database transaction, which holds `lockNetwork`. Rows
 * that cannot be read are quarantined, and the others become transactions. Then it matches
 * reversals to orders, and applies cashback, transfers and messages.
 */
export const ingestRows = async (
  req: PayloadRequest,
  batch: Batch,
  { rejected, rows }: Pick<TransactionPage, 'rejected' | 'rows'>,
): Promise<IngestedPage> => {
  const db = await dbIn(req)
  const quarantined = await quarantine(db, batch, rejected)
  const stored = await storeTransactions(db, batch, rows)
  const matched = await matchReversals(db, stored.toMatch)
  const ids = [...stored.ids, ...stored.affected, ...matched]
  await applyCashback(req, { ids, now: batch.now })
  return {
    rows: rows.length,
    created: stored.created,
    changed: stored.ids.length,
    unattributed: stored.unattributed,
    quarantined,
  }
}

/** Stores the unchanged page, so that it can be replayed without the network. Returns its id. */
const storePage = async (
  db: Database,
  { network, now, observedAt, run }: Omit<Batch, 'page'>,
  { number, page }: { number: number; page: TransactionPage },
): Promise<string> => {
  const at = now.toISOString()
  const count = page.rows.length + page.rejected.length
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into network_pages (id, network_id, run_id, number, rows, body, observed_at,
      created_at, updated_at)
    values (time_ordered_uuid(), ${network}, ${run}, ${number}, ${count},
      ${toJson(page.raw)}::jsonb, ${observedAt.toISOString()}, ${at}, ${at})
    returning id`)
  return rows[0]?.id ?? ''
}

/**
 * Locks a network until the database transaction ends, so that pages, postbacks and assignments of
 * the network are ingested one after another, each on the result of the one before.
 */
export const lockNetwork = async (db: Database, network: string): Promise<void> => {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`ingest:${network}`}, 0))`)
}
