import { readDb } from '../../../database/readDb.ts'
import { supersedes } from '../../../domain/cashback/observe.ts'
import { now as clockNow } from '../../../platform/clock.ts'
import type { RejectedRow, TransactionPage, TransactionRow } from '../../networks/types.ts'
import { type DryCounts, tryRows } from '../tryRows.ts'
import { openNetwork } from './openNetwork.ts'
import { loadPage } from '../pageArchive.ts'
import { listPagesBetween } from './replayPages.ts'
import { type RunResult, toRunResult } from './runLog.ts'
import { type SkippedRun, type SyncOptions, withSyncLock } from './syncNetwork.ts'
import { planWindows } from './planWindows.ts'

type DryResult = (RunResult & { counts: DryCounts }) | SkippedRun

type DryOptions = Omit<SyncOptions, 'onPage' | 'request'> & {
  isReplay?: boolean
  /** Called after each page is read. */
  onPage?: (page: TransactionPage) => void
}

/**
 * Reads a network, or its stored pages, as a run would, and returns the changes that a run would
 * make: it ingests the rows in database transactions that are rolled back. Only tokens that the
 * network issues are kept, because it issues them once. All rows count as observed now, so the dry
 * run of a replay may report changes that the replay itself finds outdated.
 */
export const dryRun = async (options: DryOptions): Promise<DryResult> => {
  const { network, payload, signal } = options
  return withSyncLock({ payload, networkId: network.id, signal, isDry: true }, async (locked) => {
    const seen: CollectedRows = { transactions: new Map(), rejected: [] }
    const end = await collectRows({ ...options, signal: locked }, seen).catch((error: unknown) => {
      payload.logger.error({ msg: 'a network was not read', network: network.id, err: error })
      return toRunResult(error)
    })
    const rows = [...seen.transactions.values()].map(({ row }) => row)
    const counts = await tryRows(payload, {
      network: network.id,
      rows,
      rejected: seen.rejected,
      observedAt: null,
    })
    return { ...end, counts }
  })
}

type CollectedRows = {
  transactions: Map<string, { row: TransactionRow; observedAt: string }>
  rejected: RejectedRow[]
}

/** Collects the latest observation of each transaction: pages repeat rows, and windows overlap. */
const collectRows = async (
  options: DryOptions,
  { rejected, transactions }: CollectedRows,
): Promise<RunResult> => {
  for await (const { observedAt: at, page } of readPages(options)) {
    const observedAt = at.toISOString()
    for (const row of page.rows) {
      const before = transactions.get(row.externalId)
      const known = before && { ...before.row, observedAt: before.observedAt }
      if (known && !supersedes({ ...row, observedAt }, known)) continue
      transactions.set(row.externalId, { row: { ...row, raw: null }, observedAt })
    }
    rejected.push(...page.rejected)
    options.onPage?.(page)
    if (options.signal.aborted) return { status: 'stopped' }
  }
  return { status: 'completed' }
}

/**
 * Reads the pages of a run, from the network or from the store, with the times of their requests.
 */
const readPages = async function* ({
  chosenWindow,
  isReplay = false,
  payload,
  network,
  signal,
}: DryOptions): AsyncGenerator<{ page: TransactionPage; observedAt: Date }> {
  const reader = openNetwork(payload, network)
  if (isReplay) {
    const db = await readDb({ payload })
    for (const { id } of await listPagesBetween(db, {
      network: network.id,
      between: chosenWindow,
    })) {
      const { body, observedAt } = await loadPage(payload, id)
      yield { page: reader.readPage(body), observedAt }
    }
    return
  }
  for (const window of planWindows({ network, reader, chosenWindow })) {
    let observedAt = clockNow()
    for await (const page of reader.listTransactions(window, { signal })) {
      yield { page, observedAt }
      observedAt = clockNow()
    }
  }
}
