import type { Payload } from 'payload'

import { DomainError } from '../../domain/errors.ts'
import { readDb } from '../../database/readDb.ts'
import type { TransactionPage } from '../../cashback/networks/types.ts'
import { dryRun } from '../../cashback/ingestion/sync/dryRun.ts'
import type { DryCounts } from '../../cashback/ingestion/tryRows.ts'
import { syncLocked, syncAll, withSyncLock } from '../../cashback/ingestion/sync/syncNetwork.ts'
import {
  isPolled,
  loadActiveNetworks,
  loadNetwork,
  type NetworkRow,
} from '../../cashback/ingestion/networkStore.ts'
import type { IngestedPage } from '../../cashback/ingestion/ingestPage.ts'
import { replayPages } from '../../cashback/ingestion/sync/replayPages.ts'
import { openProgress, type Screen } from '../progress/openProgress.ts'

export type SyncChoice = {
  /** By name or id; absent: all that are switched on. */
  network: string | undefined
  chosenWindow: { from: Date; to: Date } | undefined
  isReplay: boolean
  isDry: boolean
}

export type SyncReport = IngestedPage & {
  network: string
  status: 'completed' | 'failed' | 'skipped' | 'stopped'
  errorCode?: string
  error?: string
  /** Why it was skipped. */
  why?: string
  pages: number
  cashback?: DryCounts['cashback']
}

type Wanted = SyncChoice & {
  payload: Payload
  signal: AbortSignal
  /** Shows the progress; the caller prints the results. */
  screen?: Screen
}

/** Reads networks with progress on a terminal, and returns the outcome and the counts of each. */
export const syncNow = async (wanted: Wanted): Promise<SyncReport[]> => {
  const rows = await networksFor(wanted)
  const names = rows.map(({ name }) => name)
  const progress = openProgress(wanted.screen ?? process.stderr, names)
  const work = async (row: NetworkRow) => {
    const onPage = (page: TransactionPage) => {
      progress.onPage(row.name, page)
    }
    const read = wanted.isDry ? tryOne : readOne
    return read({ ...wanted, onPage }, row).finally(() => {
      progress.onEnd(row.name)
    })
  }
  const ends = await syncAll({ payload: wanted.payload, rows, work })
  progress.clear()
  return ends.map(({ end, network }) => ({ ...NOTHING, ...end, network }))
}

const NOTHING = { pages: 0, rows: 0, created: 0, changed: 0, unattributed: 0, quarantined: 0 }

const networksFor = async ({ isReplay, network, payload }: Wanted): Promise<NetworkRow[]> => {
  const db = await readDb({ payload })
  const hasSomething = (row: NetworkRow) => isReplay || isPolled(row)
  if (network === undefined) return (await loadActiveNetworks(db)).filter(hasSomething)
  const row = await loadNetwork(db, network)
  if (!row.isOn) throw new DomainError('network.off', `${row.name} is switched off.`)
  if (hasSomething(row)) return [row]
  throw new DomainError('sync.nothing-to-fetch', `${row.name} is read from files.`)
}

/** Counts that are absent are 0. */
type End = Partial<SyncReport> & Pick<SyncReport, 'status'>

type Watched = Wanted & { onPage: (page: TransactionPage) => void }

const readOne = async (
  { chosenWindow, isReplay, onPage: show, payload, signal }: Watched,
  network: NetworkRow,
): Promise<End> => {
  const total = { ...NOTHING }
  const onPage = (kept: IngestedPage, page: TransactionPage) => {
    total.pages += 1
    for (const [name, count] of Object.entries(kept)) total[name as keyof IngestedPage] += count
    show(page)
  }
  const read = isReplay ? replayPages : syncLocked
  const end = await withSyncLock({ payload, networkId: network.id, signal }, (alone) =>
    read({ payload, network, chosenWindow, signal: alone, onPage }),
  )
  return { ...end, ...total }
}

const tryOne = async (
  { chosenWindow, isReplay, onPage, payload, signal }: Watched,
  network: NetworkRow,
): Promise<End> => {
  const end = await dryRun({ payload, network, chosenWindow, isReplay, signal, onPage })
  if (end.status === 'skipped') return end
  const { counts, ...result } = end
  return { ...result, ...counts }
}
