import { sql } from '@payloadcms/db-postgres'
import { createLocalReq, initTransaction, killTransaction, type Payload } from 'payload'

import { type Database, dbIn } from '../../../database/dbIn.ts'
import { readDb } from '../../../database/readDb.ts'
import { supersedes } from '../../../domain/cashback/observe.ts'
import { now as clockNow } from '../../../platform/clock.ts'
import type { RejectedRow, TransactionPage, TransactionRow } from '../../networks/types.ts'
import { type IngestedPage, ingestRows, lockNetwork } from '../ingestPage.ts'
import { openNetwork } from './openNetwork.ts'
import { listPagesBetween, loadPage } from './replayPages.ts'
import { type RunResult, toRunResult } from './runLog.ts'
import { type SkippedRun, type SyncOptions, withNetworkLock } from './syncNetwork.ts'
import { planWindows } from './windows.ts'

type DryResult = (RunResult & { trial: Trial }) | SkippedRun

type DryOptions = Omit<SyncOptions, 'onPage' | 'request'> & {
  isReplay?: boolean
  /** Called after each page is read. */
  onPage?: (page: TransactionPage) => void
}

/** The changes of a run; amounts in minor units, by currency. */
export type Trial = IngestedPage & {
  cashback: Record<string, { credited: number; takenBack: number }>
}

/**
 * Reads a network, or its stored pages, as a run would, and returns the changes that a run would
 * make: it ingests the rows in database transactions that are rolled back. Only tokens that the
 * network issues are kept, because it issues them once.
 */
export const dryRun = async (options: DryOptions): Promise<DryResult> => {
  const { payload, row, signal } = options
  return withNetworkLock({ payload, network: row.id, signal, isDry: true }, async (locked) => {
    const seen: CollectedRows = { transactions: new Map(), rejected: [] }
    const end = await collectRows({ ...options, signal: locked }, seen).catch((error: unknown) => {
      payload.logger.error({ msg: 'a network was not read', network: row.id, err: error })
      return toRunResult(error)
    })
    const rows = [...seen.transactions.values()].map(({ row }) => row)
    const trial = await tryRows(payload, { network: row.id, rows, rejected: seen.rejected })
    return { ...end, trial }
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
  for await (const { observedAt: at, page } of readTrialPages(options)) {
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
const readTrialPages = async function* ({
  chosenWindow,
  isReplay = false,
  payload,
  row,
  signal,
}: DryOptions): AsyncGenerator<{ page: TransactionPage; observedAt: Date }> {
  const network = openNetwork(payload, row)
  if (isReplay) {
    const db = await readDb({ payload })
    for (const { id } of await listPagesBetween(db, { network: row.id, between: chosenWindow })) {
      const { body, observedAt } = await loadPage(db, id)
      yield { page: network.readPage(body), observedAt }
    }
    return
  }
  for (const window of planWindows({ row, network, chosenWindow })) {
    let observedAt = clockNow()
    for await (const page of network.listTransactions(window, { signal })) {
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
const BATCH = 500

const tryRows = async (
  payload: Payload,
  { network, rejected, rows }: TrialRows,
): Promise<Trial> => {
  // An order and its reversals stay together: the cashback of one depends on the others.
  const orderOf = ({ externalId, orderId, reversalOf }: TransactionRow) =>
    reversalOf ?? orderId ?? externalId
  const sorted = [...rows].sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1))
  const counts = { rows: 0, created: 0, changed: 0, unattributed: 0, quarantined: 0 }
  const total: Trial = { ...counts, cashback: {} }
  for (let start = 0; start === 0 || start < sorted.length; start += BATCH) {
    const batch = sorted.slice(start, start + BATCH)
    addTo(total, await tryBatch(payload, { network, rows: batch, rejected: start ? [] : rejected }))
  }
  return total
}

const tryBatch = async (payload: Payload, { network, ...page }: TrialRows): Promise<Trial> => {
  const req = await createLocalReq({}, payload)
  await initTransaction(req)
  try {
    const db = await dbIn(req)
    await lockNetwork(db, network)
    const now = clockNow()
    const batch = { network, run: null, page: null, observedAt: now, now }
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

const addTo = (total: Trial, { cashback, ...counts }: Trial): void => {
  for (const [name, count] of Object.entries(counts)) {
    total[name as keyof IngestedPage] += count
  }
  for (const [currency, moved] of Object.entries(cashback)) {
    const sum = (total.cashback[currency] ??= { credited: 0, takenBack: 0 })
    sum.credited += moved.credited
    sum.takenBack += moved.takenBack
  }
}
