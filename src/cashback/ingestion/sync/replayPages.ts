import { sql } from '@payloadcms/db-postgres'
import { createLocalReq } from 'payload'

import { type Database, dbIn } from '../../../database/dbIn.ts'
import { inTransaction } from '../../../database/inTransaction.ts'
import { readDb } from '../../../database/readDb.ts'
import { now as clockNow } from '../../../platform/clock.ts'
import { NetworkError } from '../../networks/NetworkError.ts'
import type { Network, TransactionPage } from '../../networks/types.ts'
import { type IngestedPage, ingestRows, lockIngestion } from '../ingestPage.ts'
import { beginFileImport } from '../holds/holdStore.ts'
import { settleFileImport } from '../holds/settleFileImport.ts'
import { isPolled } from '../networkStore.ts'
import { loadPage, type StoredPage } from '../pageArchive.ts'
import { openNetwork } from './openNetwork.ts'
import { loadRequester } from './requestStore.ts'
import { beginRun, countPage, endRun, type RunResult, toRunResult } from './runLog.ts'
import type { SyncOptions } from './syncNetwork.ts'

/**
 * Ingests the stored pages of a network again, in the order of their observation, each in its own
 * database transaction, without a request to the network. With the same adapter nothing changes.
 * With a corrected adapter, transactions are replaced by its result, and money follows.
 * `chosenWindow` limits the times of observation. The caller holds `withSyncLock`.
 *
 * The pages of files are limited as an import of them by the person who requested the replay.
 */
export const replayPages = async (options: SyncOptions): Promise<RunResult> => {
  const { chosenWindow, payload, request = null, network } = options
  const db = await readDb({ payload })
  const pages = await listPagesBetween(db, { network: network.id, between: chosenWindow })
  const now = clockNow()
  const seen = { from: pages[0]?.observedAt ?? now, to: pages.at(-1)?.observedAt ?? now }
  const window = { ...(chosenWindow ?? seen), by: 'replay' as const }
  const run = await beginRun(db, { network: network.id, now, request, window })
  const fileImport = isPolled(network)
    ? null
    : await beginFileImport(db, {
        network: network.id,
        run,
        requestedBy: request === null ? null : await loadRequester(db, request),
        now,
      })
  const end = await replayAll(options, { run, pages, fileImport }).catch((error: unknown) => {
    payload.logger.error({ msg: 'a page was not replayed', network: network.id, run, err: error })
    return toRunResult(error)
  })
  if (fileImport !== null) await settleFileImport(payload, { fileImport, now: clockNow() })
  await endRun(db, { run, end, now: clockNow(), watermark: null })
  return end
}

const replayAll = async (
  options: SyncOptions,
  {
    fileImport,
    pages,
    run,
  }: { pages: Omit<StoredPage, 'body'>[] } & Pick<ReplayInput, 'fileImport' | 'run'>,
): Promise<RunResult> => {
  const { onPage, payload, network, signal } = options
  const reader = openNetwork(payload, network)
  let unread = 0
  for (const { id } of pages) {
    if (signal.aborted) return { status: 'stopped' }
    const done = await replayPage(options, { fileImport, reader, page: id, run })
    if (done) onPage?.(done.ingested, done.page)
    else unread += 1
  }
  if (unread === 0) return { status: 'completed' }
  const error = `${unread} of ${pages.length} pages could not be read; the others were.`
  return { status: 'failed', errorCode: 'sync.unread-pages', error }
}

type ReplayInput = { reader: Network; page: string; run: string; fileImport: string | null }

/**
 * Ingests one stored page. Null for a page that the adapter does not recognise, such as another
 * network's file.
 */
const replayPage = async (
  { payload, network }: SyncOptions,
  { fileImport, reader, page: id, run }: ReplayInput,
): Promise<{ ingested: IngestedPage; page: TransactionPage } | null> => {
  const { body, observedAt } = await loadPage(payload, id)
  const page = tryReadPage(reader, body)
  if (!page) return null
  const req = await createLocalReq({}, payload)
  const ingested = await inTransaction(req, async () => {
    const db = await dbIn(req)
    await lockIngestion(db, network.id)
    const batch = { networkId: network.id, runId: run, pageId: id, observedAt, now: clockNow() }
    const done = await ingestRows(req, { ...batch, fileImport, isReplay: true }, page)
    await countPage(db, run, done)
    return done
  })
  return { ingested, page }
}

const tryReadPage = (reader: Network, body: unknown) => {
  try {
    return reader.readPage(body)
  } catch (error) {
    if (error instanceof NetworkError) return null
    throw error
  }
}

type PageFilter = { network: string; between: { from: Date; to: Date } | undefined }

/**
 * Lists the stored pages of a network by the time of their request, then in the order of storing,
 * without their bodies.
 */
export const listPagesBetween = async (
  db: Database,
  { between, network }: PageFilter,
): Promise<Omit<StoredPage, 'body'>[]> => {
  const from = between?.from.toISOString() ?? null
  const to = between?.to.toISOString() ?? null
  const { rows } = await db.execute<{ id: string; at: string }>(sql`
    select id::text, to_json(observed_at) #>> '{}' as at
    from network_pages
    where network_id = ${network}
      and (${from}::timestamptz is null or observed_at >= ${from})
      and (${to}::timestamptz is null or observed_at <= ${to})
    order by observed_at, id`)
  return rows.map(({ at, id }) => ({ id, observedAt: new Date(at) }))
}
