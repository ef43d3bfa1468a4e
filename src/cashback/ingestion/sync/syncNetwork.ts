import { createLocalReq, type Payload } from 'payload'

import { dbIn } from '../../../database/dbIn.ts'
import { holdLock } from '../../../database/holdLock.ts'
import { inTransaction } from '../../../database/inTransaction.ts'
import { readDb } from '../../../database/readDb.ts'
import { now as clockNow } from '../../../platform/clock.ts'
import { NetworkError } from '../../networks/NetworkError.ts'
import type { Network, TransactionPage, TransactionWindow } from '../../networks/types.ts'
import { type IngestedPage, ingestPage } from '../ingestPage.ts'
import { reverseUnlisted } from '../postbacks/reverseUnlisted.ts'
import { type NetworkRow, recordOutcome } from '../networkStore.ts'
import { openNetwork } from './openNetwork.ts'
import {
  beginRun,
  closeLostRuns,
  countPage,
  endRun,
  type RunResult,
  toRunResult,
} from './runLog.ts'
import { planWindows } from './planWindows.ts'

/** What to sync: the report of one network, or its stored pages. */
export type SyncOptions = {
  payload: Payload
  network: NetworkRow
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
 * Reads the report of one network, and ingests it: `planWindows` cuts the time since the watermarks
 * into windows that the network accepts, its adapter (`../../networks`) translates each response
 * into a page of rows, and `ingestPage` brings each page to the wallets. One run at a time reads a
 * network, whatever the number of workers: a second one is skipped.
 */
export const syncNetwork = async (options: SyncOptions): Promise<SyncResult> => {
  const { payload, network, signal } = options
  return withSyncLock({ payload, networkId: network.id, signal }, (locked) =>
    syncLocked({ ...options, signal: locked }),
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

type LockOptions = { payload: Payload; networkId: string; signal: AbortSignal; isDry?: boolean }

/**
 * Runs `work` under the network's sync lock, and skips it if another process holds it. With the
 * lock, any run that is still `running` belongs to a process that ended; it is closed. The lock
 * admits one reader; `lockIngestion` then orders its writes with those of postbacks and people.
 */
export const withSyncLock = async <Result>(
  { isDry = false, networkId, payload, signal }: LockOptions,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result | SkippedRun> => {
  const result = await holdLock({ payload, name: `sync:${networkId}`, signal }, async (locked) => {
    if (!isDry)
      await closeLostRuns(await readDb({ payload }), { network: networkId, now: clockNow() })
    return work(locked)
  })
  return result ?? { status: 'skipped', why: 'another run is reading it' }
}

/** Syncs a network as `syncNetwork` does. For the holder of `withNetworkLock`. */
export const syncLocked = async (options: SyncOptions): Promise<RunResult> => {
  const { chosenWindow, payload, network } = options
  const end = await readWindows(options)
  // A stopped run shows nothing about the state of the network.
  if (!chosenWindow && end && end.status !== 'stopped') {
    const problem = end.status === 'failed' ? end.error : null
    const outcome = { network: network.id, problem, now: clockNow() }
    await recordOutcome(await readDb({ payload }), outcome)
  }
  if (end?.status === 'completed') {
    await reverseUnlisted(payload, { network: network.id, now: clockNow() })
  }
  return end ?? { status: 'completed' }
}

/** Returns null if there is no window to read. */
const readWindows = async (options: SyncOptions): Promise<RunResult | null> => {
  const { chosenWindow, payload, network } = options
  const reader = tryOpenNetwork(options)
  if ('status' in reader) {
    const run = { payload, networkId: network.id, request: options.request ?? null }
    // `syncLocked` records the outcome.
    await recordFailure(run, { end: reader, isOfSchedule: false })
    return reader
  }
  const db = await readDb({ payload })
  let end: RunResult | null = null
  for (const window of planWindows({ network, reader, chosenWindow })) {
    const request = options.request ?? null
    const run = await beginRun(db, { network: network.id, now: clockNow(), window, request })
    end = await readWindow(options, { reader, run, window })
    const watermark = end.status === 'completed' ? nextWatermark(options, window) : null
    await endRun(db, { run, end, now: clockNow(), watermark })
    if (end.status !== 'completed') break
  }
  return end
}

const tryOpenNetwork = ({ payload, network }: SyncOptions): Network | RunResult => {
  try {
    return openNetwork(payload, network)
  } catch (error) {
    return toRunResult(error)
  }
}

type FailedRun = { payload: Payload; networkId: string; request: string | null }
type Failure = {
  end: RunResult
  /** Whether the network itself shows the failure, as after a run since its watermarks. */
  isOfSchedule: boolean
}

/** Records a failed run for a network that was not read, as it cannot be opened or ends workers. */
export const recordFailure = async (
  { networkId, payload, request }: FailedRun,
  { end, isOfSchedule }: Failure,
): Promise<void> => {
  const db = await readDb({ payload })
  const now = clockNow()
  const window = { from: now, to: now, by: 'event' as const }
  const run = await beginRun(db, { network: networkId, now, request, window })
  await endRun(db, { run, end, now, watermark: null })
  if (isOfSchedule && end.status === 'failed')
    await recordOutcome(db, { network: networkId, problem: end.error, now })
}

/** Networks report up to half an hour late, so the last half hour is read again. */
const LATE_REPORTS_MS = 30 * 60_000

/** A chosen window moves no watermark, because the days before it may be unread. */
const nextWatermark = (
  { chosenWindow, signal }: SyncOptions,
  window: TransactionWindow,
): Date | null =>
  chosenWindow || signal.aborted ? null : new Date(window.to.getTime() - LATE_REPORTS_MS)

type WindowRun = { reader: Network; run: string; window: TransactionWindow }

/**
 * Reads one window and ingests it page by page, each page in its own database transaction. So a
 * killed run leaves whole pages, and the next run continues after the last watermark. Never throws:
 * a failure of the network or of our own is in the result.
 */
const readWindow = async (
  options: SyncOptions,
  { reader, run, window }: WindowRun,
): Promise<RunResult> => {
  const { onPage, payload, network, signal } = options
  try {
    const pages = reader.listTransactions(window, { signal })
    try {
      for (let number = 1; ; number += 1) {
        const observedAt = clockNow()
        const next = await pages.next()
        if (next.done) return { status: 'completed' }
        const page = { networkId: network.id, runId: run, number, observedAt, page: next.value }
        const ingested = await ingestRunPage(payload, page)
        onPage?.(ingested, next.value)
        if (signal.aborted) return { status: 'stopped' }
      }
    } finally {
      await pages.return(undefined)
    }
  } catch (error) {
    if (!(error instanceof NetworkError)) {
      payload.logger.error({ msg: 'page not ingested', network: network.id, run, err: error })
    }
    return toRunResult(error)
  }
}

type RunPage = {
  networkId: string
  runId: string
  /** The id of the import, if the page is of a file. */
  fileImport?: string
  /** The number of the page in its run, from 1. */
  number: number
  observedAt: Date
  page: TransactionPage
}

/** Ingests one page of a run in a database transaction of its own, which also counts it. */
export const ingestRunPage = async (payload: Payload, page: RunPage): Promise<IngestedPage> => {
  const req = await createLocalReq({}, payload)
  return inTransaction(req, async () => {
    const ingested = await ingestPage(req, { ...page, now: clockNow() })
    await countPage(await dbIn(req), page.runId, ingested)
    return ingested
  })
}
