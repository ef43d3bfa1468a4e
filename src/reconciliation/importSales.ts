import { createLocalReq, type PayloadRequest } from 'payload'

import { recordAudit } from '../audit/recordAudit.ts'
import { now as clockNow } from '../clock.ts'
import { inTransaction } from '../ledger/inTransaction.ts'
import { readerOf } from '../ledger/readerOf.ts'
import { transactionOf } from '../ledger/transactionOf.ts'
import type { SalePage } from '../networks/types.ts'
import { reducePage } from '../sync/reducePage.ts'
import { beginRun, countPage, endRun } from '../sync/syncRun.ts'
import type { ReadSales } from './readSales.ts'

type Options = {
  /** The id of its row. */
  network: string
  sales: ReadSales
  /** As of when the file tells. */
  observedAt: Date
}
export type ImportedSales = {
  run: string
  pages: number
  rows: number
  changed: number
  /** Of those, the ones that are nobody's. */
  orphans: number
  /** Lines that were not kept aside before. */
  quarantined: number
}

/**
 * Takes a file of sales in as a run of its network: page by page, each in a transaction of its own.
 * Who brought it is in the audit log first. Cut short, whole pages are kept, and the same file again brings the rest and changes nothing else.
 */
export const importSales = async (
  req: PayloadRequest,
  { network, observedAt, sales }: Options,
): Promise<ImportedSales> => {
  const { pages, window } = sales
  const db = await readerOf({ payload: req.payload })
  const from = window?.from ?? observedAt
  const span = { from, to: window?.to ?? from, by: 'event' as const }
  const begun = { network, now: clockNow(), request: null, window: span }
  const run = await beginRun(db, begun)
  // Before any money moves: cut short, it is known all the same who brought the file.
  await audit(req, network, { run, pages: pages.length, rows: sales.rows })
  const total = { run, pages: pages.length, rows: 0, changed: 0, orphans: 0, quarantined: 0 }
  try {
    for (const [at, page] of pages.entries()) {
      const kept = await keepPage(req, { network, run, number: at + 1, observedAt, page })
      total.rows += kept.rows
      total.changed += kept.changed
      total.orphans += kept.orphans
      total.quarantined += kept.quarantined
    }
  } catch (error) {
    const end = {
      status: 'failed',
      errorCode: 'import.failed',
      error: 'A page was not kept.',
    } as const
    await endRun(db, { run, end, now: clockNow(), watermark: null })
    throw error
  }
  await endRun(db, { run, end: { status: 'completed' }, now: clockNow(), watermark: null })
  return total
}

type Kept = { network: string; run: string; number: number; observedAt: Date; page: SalePage }

const keepPage = async ({ payload }: PayloadRequest, { run, ...page }: Kept) => {
  const req = await createLocalReq({}, payload)
  return inTransaction(req, async () => {
    const done = await reducePage(req, { ...page, run, now: clockNow() })
    await countPage(await transactionOf(req), run, done)
    return done
  })
}

const audit = (
  req: PayloadRequest,
  network: string,
  file: Pick<ImportedSales, 'pages' | 'rows' | 'run'>,
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
