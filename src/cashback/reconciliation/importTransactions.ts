import type { PayloadRequest } from 'payload'

import { recordAudit } from '../../platform/audit/recordAudit.ts'
import { now as clockNow } from '../../platform/clock.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { readDb } from '../../database/readDb.ts'
import { beginFileImport } from '../ingestion/holds/holdStore.ts'
import { type SettledImport, settleFileImport } from '../ingestion/holds/settleFileImport.ts'
import { beginRun, endRun } from '../ingestion/sync/runLog.ts'
import { ingestRunPage } from '../ingestion/sync/syncNetwork.ts'
import type { ReadTransactionFile } from './readTransactionFile.ts'

type Options = {
  /** The id of the network's row. */
  network: string
  transactions: Pick<ReadTransactionFile, 'pages' | 'rows' | 'window'>
  /** The time that the file's content is of. */
  observedAt: Date
}
export type ImportedTransactions = SettledImport & {
  run: string
  pages: number
  rows: number
  changed: number
  /** The changed transactions that are unattributed. */
  unattributed: number
  /** The newly quarantined rows. */
  quarantined: number
}

/**
 * Imports a file of transactions as a run of its network: page by page, each in a database
 * transaction of its own. If a page fails, the pages before it stay imported; importing the same
 * file again imports the rest and changes nothing else. Its credits are held until all of it is
 * read, then applied together, or kept for a second person (`settleFileImport`).
 */
export const importTransactions = async (
  req: PayloadRequest,
  { network, observedAt, transactions }: Options,
): Promise<ImportedTransactions> => {
  const { pages, window } = transactions
  const db = await readDb({ payload: req.payload })
  const from = window?.from ?? observedAt
  const span = { from, to: window?.to ?? from, by: 'event' as const }
  const begun = { network, now: clockNow(), request: null, window: span }
  const run = await beginRun(db, begun)
  // Before any money moves, so that the log names the importer also if the import fails.
  await audit(req, network, { run, pages: pages.length, rows: transactions.rows })
  const requestedBy = req.user?.collection === 'users' ? req.user.id : null
  const fileImport = await beginFileImport(db, { network, run, requestedBy, now: clockNow() })
  const total = { run, pages: pages.length, rows: 0, changed: 0, unattributed: 0, quarantined: 0 }
  try {
    for (const [at, page] of pages.entries()) {
      const place = { networkId: network, runId: run, fileImport, number: at + 1 }
      const stored = await ingestRunPage(req.payload, { ...place, observedAt, page })
      total.rows += stored.rows
      total.changed += stored.changed
      total.unattributed += stored.unattributed
      total.quarantined += stored.quarantined
    }
  } catch (error) {
    const end = {
      status: 'failed',
      errorCode: 'import.failed',
      error: 'A page could not be stored.',
    } as const
    await endRun(db, { run, end, now: clockNow(), watermark: null })
    await settleFileImport(req.payload, { fileImport, now: clockNow() })
    throw error
  }
  const settled = await settleFileImport(req.payload, { fileImport, now: clockNow() })
  await endRun(db, { run, end: { status: 'completed' }, now: clockNow(), watermark: null })
  return { ...total, ...settled }
}

const audit = (
  req: PayloadRequest,
  network: string,
  file: Pick<ImportedTransactions, 'pages' | 'rows' | 'run'>,
): Promise<void> =>
  inTransaction(req, () =>
    recordAudit({
      req,
      action: 'import',
      subject: 'networks',
      subjectId: network,
      after: file,
    }),
  )
