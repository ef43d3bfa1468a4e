import { createLocalReq } from 'payload'

import { now as clockNow } from '../clock.ts'
import { inTransaction } from '../ledger/inTransaction.ts'
import { readerOf } from '../ledger/readerOf.ts'
import { transactionOf } from '../ledger/transactionOf.ts'
import { NetworkError } from '../networks/NetworkError.ts'
import type { Network, SalePage } from '../networks/types.ts'
import { endOf } from './endOf.ts'
import { lockNetwork } from './lockNetwork.ts'
import { openNetwork } from './openNetwork.ts'
import { type ReducedPage, reduceRows } from './reduceRows.ts'
import { loadPage, pagesBetween, type StoredPage } from './storedPages.ts'
import type { SyncOptions } from './syncOptions.ts'
import { beginRun, countPage, endRun, type RunEnd } from './syncRun.ts'

/**
 * Reads the stored pages of a network again, in the order in which they were seen, each in a
 * transaction of its own, and asks the network nothing. Where the reader is the same, nothing
 * changes; where it was mended, sales become what it reads now, and money follows. `asked` is of
 * the time at which pages were seen. For whoever holds the network's lock.
 */
export const replayPages = async (options: SyncOptions): Promise<RunEnd> => {
  const { asked, payload, request = null, row } = options
  const db = await readerOf({ payload })
  const pages = await pagesBetween(db, { network: row.id, between: asked })
  const now = clockNow()
  const seen = { from: pages[0]?.observedAt ?? now, to: pages.at(-1)?.observedAt ?? now }
  const window = { ...(asked ?? seen), by: 'replay' as const }
  const run = await beginRun(db, { network: row.id, now, request, window })
  const end = await replayAll(options, { run, pages }).catch((error: unknown) => {
    payload.logger.error({ msg: 'a page was not replayed', network: row.id, run, err: error })
    return endOf(error)
  })
  await endRun(db, { run, end, now: clockNow(), watermark: null })
  return end
}

const replayAll = async (
  options: SyncOptions,
  { pages, run }: { pages: Omit<StoredPage, 'body'>[]; run: string },
): Promise<RunEnd> => {
  const { onPage, payload, row, signal } = options
  const network = openNetwork(payload, row)
  let unread = 0
  for (const { id } of pages) {
    if (signal.aborted) return { status: 'stopped' }
    const done = await replayPage(options, { network, page: id, run })
    if (done) onPage?.(done.kept, done.read)
    else unread += 1
  }
  if (unread === 0) return { status: 'completed' }
  const error = `${unread} of ${pages.length} pages could not be read; the others were.`
  return { status: 'failed', errorCode: 'sync.unread-pages', error }
}

type Replayed = { network: Network; page: string; run: string }

/** Null for a page that the reader does not know as one: such as another network's file. */
const replayPage = async (
  { payload, row }: SyncOptions,
  { network, page, run }: Replayed,
): Promise<{ kept: ReducedPage; read: SalePage } | null> => {
  const { body, observedAt } = await loadPage(await readerOf({ payload }), page)
  const read = readOrNull(network, body)
  if (!read) return null
  const req = await createLocalReq({}, payload)
  const kept = await inTransaction(req, async () => {
    const db = await transactionOf(req)
    await lockNetwork(db, row.id)
    const batch = { network: row.id, run, storedAs: page, observedAt, now: clockNow() }
    const done = await reduceRows(req, { ...batch, page: read, isReplay: true })
    await countPage(db, run, done)
    return done
  })
  return { kept, read }
}

const readOrNull = (network: Network, body: unknown) => {
  try {
    return network.readPage(body)
  } catch (error) {
    if (error instanceof NetworkError) return null
    throw error
  }
}
