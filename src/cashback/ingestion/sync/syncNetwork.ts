import { createLocalReq, type Payload } from 'payload'

import { dbIn } from '../../../database/dbIn.ts'
import { holdLock } from '../../../database/holdLock.ts'
import { inTransaction } from '../../../database/inTransaction.ts'
import { readDb } from '../../../database/readDb.ts'
import { now as clockNow } from '../../../platform/clock.ts'
import { NetworkError } from '../../networks/NetworkError.ts'
import type { Network, TransactionPage, TransactionWindow } from '../../networks/types.ts'
import { type IngestedPage, ingestPage } from '../ingestPage.ts'
import { type NetworkRow, recordOutcome } from './networkStore.ts'
import { openNetwork } from './openNetwork.ts'
import {
  beginRun,
  closeLostRuns,
  countPage,
  endRun,
  type RunResult,
  toRunResult,
} from './runLog.ts'
import { planWindows } from './windows.ts'

/** The options of one sync: a network, or its stored pages. */
export type SyncOptions = {
  payload: Payload
  row: NetworkRow
  /** The window to read instead of the windows since the watermarks. */
  chosenWindow?: { from: Date; to: Date } | undefined
  /** The id of its sync request. */
  request?: string | null
  signal: AbortSignal
  /** Called after each page is ingested, with its result. */
  onPage?: ((ingested: IngestedPage, page: TransactionPage) => void) | undefined
}

export type SyncResult = RunResult | SkippedRun

/**
 * Reads the report of one network, and ingests it. The steps from a page to its credit:
 *
 * 1. `planWindows` (`windows`) cuts the time since the watermarks into windows that the network
 *    accepts; its adapter (`../../networks`) translates each response into a page of rows.
 * 2. `ingestPage` stores the page as received and quarantines rows that cannot be read.
 * 3. `storeTransactions` (`transactionStore/`) stores the others in `network_transactions`, where
 *    `observe` decides if they replace the stored ones, and finds the clicks that they name.
 * 4. `matchReversals` finds the orders of reversals that name none.
 * 5. `applyCashback` decides each transaction's cashback event, and moves the difference to or from
 *    the member's wallet by `postTransfers`. Messages are queued with it.
 *
 * Steps 2 to 5 are one database transaction per page. Postbacks (`postbacks/`), files and
 * assignments enter at step 2, 3 or 4. One run at a time reads a network, whatever the number of
 * workers: a second one is skipped.
 */
export const syncNetwork = async (options: SyncOptions): Promise<SyncResult> => {
  const { payload, row, signal } = options
  return withNetworkLock({ payload, network: row.id, signal }, (locked) =>
    readNetwork({ ...options, signal: locked }),
  )
}

/** Syncs several networks in parallel: a network that fails or hangs does not stop the others. */
export const syncAll = <Result>({
  payload,
  rows,
  work,
}: {
  payload: Payload
  rows: NetworkRow[]
  work: (row: NetworkRow) => Promise<Result>
}) =>
  Promise.all(
    rows.map(async (row) => ({
      network: row.name,
      end: await work(row).catch((error: unknown) => {
        payload.logger.error({ msg: 'a network was not read', network: row.name, err: error })
        return toRunResult(error)
      }),
    })),
  )

export type SkippedRun = { status: 'skipped'; why: string }

type LockOptions = { payload: Payload; network: string; signal: AbortSignal; isDry?: boolean }

/**
 * Runs `work` under the network's lock, and skips it if another process reads the network. With the
 * lock, any run that is still `running` belongs to a process that ended; it is closed.
 */
export const withNetworkLock = async <Result>(
  { isDry = false, network, payload, signal }: LockOptions,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result | SkippedRun> => {
  const result = await holdLock({ payload, name: `sync:${network}`, signal }, async (locked) => {
    if (!isDry) await closeLostRuns(await readDb({ payload }), { network, now: clockNow() })
    return work(locked)
  })
  return result ?? { status: 'skipped', why: 'another run is reading it' }
}

/** Reads all windows of a network, one after another. The caller holds `withNetworkLock`. */
export const readNetwork = async (options: SyncOptions): Promise<RunResult> => {
  const { chosenWindow, payload, row } = options
  const end = await readWindows(options)
  // A stopped run shows nothing about the state of the network.
  if (!chosenWindow && end && end.status !== 'stopped') {
    const problem = end.status === 'failed' ? end.error : null
    const outcome = { network: row.id, problem, now: clockNow() }
    await recordOutcome(await readDb({ payload }), outcome)
  }
  return end ?? { status: 'completed' }
}

/** Returns null if there is no window to read. */
const readWindows = async (options: SyncOptions): Promise<RunResult | null> => {
  const { chosenWindow, payload, row } = options
  const network = tryOpenNetwork(options)
  if ('status' in network) return recordRefusal(options, network)
  const db = await readDb({ payload })
  let end: RunResult | null = null
  for (const window of planWindows({ row, network, chosenWindow })) {
    const request = options.request ?? null
    const run = await beginRun(db, { network: row.id, now: clockNow(), window, request })
    end = await readWindow(options, { network, run, window })
    const watermark = end.status === 'completed' ? nextWatermark(options, window) : null
    await endRun(db, { run, end, now: clockNow(), watermark })
    if (end.status !== 'completed') break
  }
  return end
}

const tryOpenNetwork = ({ payload, row }: SyncOptions): Network | RunResult => {
  try {
    return openNetwork(payload, row)
  } catch (error) {
    return toRunResult(error)
  }
}

/** Records a failed run for a network that cannot be opened. */
const recordRefusal = async (
  { payload, request = null, row }: SyncOptions,
  end: RunResult,
): Promise<RunResult> => {
  const db = await readDb({ payload })
  const now = clockNow()
  const window = { from: now, to: now, by: 'event' as const }
  const run = await beginRun(db, { network: row.id, now, request, window })
  await endRun(db, { run, end, now, watermark: null })
  return end
}

/** Networks report up to half an hour late, so that time is read again. */
const LAG_MS = 30 * 60_000

/** A chosen window moves no watermark, because the days before it may be unread. */
const nextWatermark = (
  { chosenWindow, signal }: SyncOptions,
  window: TransactionWindow,
): Date | null => (chosenWindow || signal.aborted ? null : new Date(window.to.getTime() - LAG_MS))

type WindowRun = { network: Network; run: string; window: TransactionWindow }

/**
 * Reads one window and ingests it page by page, each page in its own database transaction. So a
 * killed run leaves whole pages, and the next run continues after the last watermark. Never throws:
 * a failure of the network or of our own is in the result.
 */
const readWindow = async (
  options: SyncOptions,
  { network, run, window }: WindowRun,
): Promise<RunResult> => {
  const { onPage, payload, row, signal } = options
  try {
    const pages = network.listTransactions(window, { signal })
    try {
      for (let number = 1; ; number += 1) {
        const observedAt = clockNow()
        const next = await pages.next()
        if (next.done) return { status: 'completed' }
        const page = { number, observedAt, page: next.value }
        const ingested = await ingestInTransaction(options, { run, ...page })
        onPage?.(ingested, next.value)
        if (signal.aborted) return { status: 'stopped' }
      }
    } finally {
      await pages.return(undefined)
    }
  } catch (error) {
    if (!(error instanceof NetworkError)) {
      payload.logger.error({ msg: 'page not ingested', network: row.id, run, err: error })
    }
    return toRunResult(error)
  }
}

type ReceivedPage = { run: string; number: number; observedAt: Date; page: TransactionPage }

const ingestInTransaction = async (
  { payload, row }: SyncOptions,
  page: ReceivedPage,
): Promise<IngestedPage> => {
  const req = await createLocalReq({}, payload)
  return inTransaction(req, async () => {
    const ingested = await ingestPage(req, { ...page, network: row.id, now: clockNow() })
    await countPage(await dbIn(req), page.run, ingested)
    return ingested
  })
}
