import type { Payload } from 'payload'

import { DomainError } from '../domain/errors.ts'
import { readerOf } from '../ledger/readerOf.ts'
import type { SalePage } from '../networks/types.ts'
import { dryRun } from '../sync/dryRun.ts'
import { holdNetwork } from '../sync/holdNetwork.ts'
import { isAsked } from '../sync/isAsked.ts'
import { networkRow, type NetworkRow, openNetworks } from '../sync/networkRow.ts'
import { readNetwork } from '../sync/readNetwork.ts'
import type { ReducedPage } from '../sync/reduceRows.ts'
import { replayPages } from '../sync/replayPages.ts'
import { syncAll } from '../sync/syncAll.ts'
import type { Trial } from '../sync/tryRows.ts'
import { openProgress, type Screen } from './progress/openProgress.ts'

export type SyncAsked = {
  /** By name or id; absent: all that are switched on. */
  network: string | undefined
  asked: { from: Date; to: Date } | undefined
  isReplay: boolean
  isDry: boolean
}

export type SyncReport = ReducedPage & {
  network: string
  status: 'completed' | 'failed' | 'skipped' | 'stopped'
  errorCode?: string
  error?: string
  /** Why it was skipped. */
  why?: string
  pages: number
  cashback?: Trial['cashback']
}

type Wanted = SyncAsked & {
  payload: Payload
  signal: AbortSignal
  /** Where it shows how far it is; the results are the caller's to print. */
  screen?: Screen
}

/** Reads networks for a person at a terminal, and answers how each ended and what it brought. */
export const syncNow = async (wanted: Wanted): Promise<SyncReport[]> => {
  const rows = await networksFor(wanted)
  const names = rows.map(({ name }) => name)
  const progress = openProgress(wanted.screen ?? process.stderr, names)
  const work = async (row: NetworkRow) => {
    const onPage = (page: SalePage) => {
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

const NOTHING = { pages: 0, rows: 0, created: 0, changed: 0, orphans: 0, quarantined: 0 }

const networksFor = async ({ isReplay, network, payload }: Wanted): Promise<NetworkRow[]> => {
  const db = await readerOf({ payload })
  const hasSomething = (row: NetworkRow) => isReplay || isAsked(row)
  if (network === undefined) return (await openNetworks(db)).filter(hasSomething)
  const row = await networkRow(db, network)
  if (!row.isOn) throw new DomainError('network.off', `${row.name} is switched off.`)
  if (hasSomething(row)) return [row]
  throw new DomainError('sync.nothing-to-ask', `${row.name} is read from files.`)
}

/** What is not said counts nothing. */
type End = Partial<SyncReport> & Pick<SyncReport, 'status'>

type Watched = Wanted & { onPage: (page: SalePage) => void }

const readOne = async (
  { asked, isReplay, onPage: show, payload, signal }: Watched,
  row: NetworkRow,
): Promise<End> => {
  const total = { ...NOTHING }
  const onPage = (kept: ReducedPage, page: SalePage) => {
    total.pages += 1
    for (const [name, count] of Object.entries(kept)) total[name as keyof ReducedPage] += count
    show(page)
  }
  const read = isReplay ? replayPages : readNetwork
  const end = await holdNetwork({ payload, network: row.id, signal }, (alone) =>
    read({ payload, row, asked, signal: alone, onPage }),
  )
  return { ...end, ...total }
}

const tryOne = async (
  { asked, isReplay, onPage, payload, signal }: Watched,
  row: NetworkRow,
): Promise<End> => {
  const end = await dryRun({ payload, row, asked, isReplay, signal, onPage })
  if (end.status === 'skipped') return end
  const { trial, ...rest } = end
  return { ...rest, ...trial }
}
