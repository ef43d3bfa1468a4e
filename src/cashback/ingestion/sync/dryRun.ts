import { sql } from '@payloadcms/db-postgres'
import { createLocalReq, initTransaction, killTransaction, type Payload } from 'payload'

import { type Database, dbIn } from '../../../database/dbIn.ts'
import { readDb } from '../../../database/readDb.ts'
import { supersedes } from '../../../domain/cashback/observe.ts'
import { now as clockNow } from '../../../platform/clock.ts'
import type { RejectedRow, TransactionPage, TransactionRow } from '../../networks/types.ts'
import { type IngestedPage, ingestRows, lockIngestion } from '../ingestPage.ts'
import { openNetwork } from './openNetwork.ts'
import { listPagesBetween, loadPage } from './replayPages.ts'
import { type RunResult, toRunResult } from './runLog.ts'
import { type SkippedRun, type SyncOptions, withSyncLock } from './syncNetwork.ts'
import { planWindows } from './planWindows.ts'

type DryResult = (RunResult & { counts: DryCounts }) | SkippedRun

type DryOptions = Omit<SyncOptions, 'onPage' | 'request'> & {
  isReplay?: boolean
  /** Called after each page is read. */
  onPage?: (page: TransactionPage) => void
}

/** The changes of a run; amounts in minor units, by currency. */
export type DryCounts = IngestedPage & {
  cashback: Record<string, { credited: number; takenBack: number }>
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
    const counts = await tryRows(payload, { network: network.id, rows, rejected: seen.rejected })
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
      const { body, observedAt } = await loadPage(db, id)
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

type TrialRows = { network: string; rows: TransactionRow[]; rejected: RejectedRow[] }

/**
 * The number of rows of one database transaction: few, so that their locks are released before they
 * block others.
 */
const CHUNK_ROWS = 500

const tryRows = async (
  payload: Payload,
  { network, rejected, rows }: TrialRows,
): Promise<DryCounts> => {
  // An order and its reversals stay together: the cashback of one depends on the others.
  const orderOf = ({ externalId, orderId, reversalOf }: TransactionRow) =>
    reversalOf ?? orderId ?? externalId
  const sorted = [...rows].sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1))
  const none = { rows: 0, created: 0, changed: 0, unattributed: 0, quarantined: 0 }
  const total: DryCounts = { ...none, cashback: {} }
  for (let start = 0; start === 0 || start < sorted.length; start += CHUNK_ROWS) {
    const chunk = sorted.slice(start, start + CHUNK_ROWS)
    addTo(total, await tryChunk(payload, { network, rows: chunk, rejected: start ? [] : rejected }))
  }
  return total
}

const tryChunk = async (payload: Payload, { network, ...page }: TrialRows): Promise<DryCounts> => {
  const req = await createLocalReq({}, payload)
  await initTransaction(req)
  try {
    const db = await dbIn(req)
    await lockIngestion(db, network)
    const now = clockNow()
    const batch = { networkId: network, runId: null, pageId: null, observedAt: now, now }
    const ingested = await ingestRows(req, batch, page)
    return { ...ingested, cashback: await sumMoved(db, { network, now }) }
  } finally {
    await killTransaction(req)
  }
}

type Moved = { currency: string; credited: string; takenBack: string }

const sumMoved = async (db: Database, { network, now }: { network: string; now: Date }) => {
  const at = now.toISOString()
  const { rows } = await db.execute<Moved>(sql`
    select w.currency,
      coalesce(sum(w.amount_minor) filter (where w.kind = 'cashback'), 0) as credited,
      coalesce(sum(w.amount_minor) filter (where w.kind = 'clawback'), 0) as "takenBack"
    from wallet_transactions w
    join cashback_events e on e.id = w.cashback_event_id
    join network_transactions s on s.id = e.transaction_id
    where e.updated_at = ${at} and w.occurred_at = ${at} and s.network_id = ${network}
    group by w.currency`)
  return Object.fromEntries(
    rows.map(({ credited, currency, takenBack }) => [
      currency,
      { credited: Number(credited), takenBack: Number(takenBack) },
    ]),
  )
}

const addTo = (total: DryCounts, { cashback, ...counts }: DryCounts): void => {
  for (const [name, count] of Object.entries(counts)) {
    total[name as keyof IngestedPage] += count
  }
  for (const [currency, moved] of Object.entries(cashback)) {
    const sum = (total.cashback[currency] ??= { credited: 0, takenBack: 0 })
    sum.credited += moved.credited
    sum.takenBack += moved.takenBack
  }
}
