import { now as clockNow } from '../clock.ts'
import { readerOf } from '../ledger/readerOf.ts'
import type { Network } from '../networks/types.ts'
import { endOf } from './endOf.ts'
import { noteOutcome } from './noteOutcome.ts'
import { openNetwork } from './openNetwork.ts'
import type { SyncOptions } from './syncOptions.ts'
import { beginRun, endRun, type RunEnd } from './syncRun.ts'
import { syncWindow } from './syncWindow.ts'
import { windowsFor } from './windowsFor.ts'

/** Asks a network for all its windows, one after another. For whoever holds its lock. */
export const readNetwork = async (options: SyncOptions): Promise<RunEnd> => {
  const { asked, payload, row } = options
  const end = await readWindows(options)
  if (!asked && end) {
    await noteOutcome(await readerOf({ payload }), { network: row.id, end, now: clockNow() })
  }
  return end ?? { status: 'completed' }
}

/** Null where there was nothing to ask for. */
const readWindows = async (options: SyncOptions): Promise<RunEnd | null> => {
  const { asked, onPage, payload, request = null, row, signal } = options
  const network = opened(options)
  if ('status' in network) return noteRefusal(options, network)
  let end: RunEnd | null = null
  for (const window of windowsFor({ row, network, asked })) {
    const shared = { payload, network, id: row.id, signal, request, onPage }
    end = await syncWindow({ ...shared, window, isChosen: asked !== undefined })
    if (end.status !== 'completed') break
  }
  return end
}

const opened = ({ payload, row }: SyncOptions): Network | RunEnd => {
  try {
    return openNetwork(payload, row)
  } catch (error) {
    return endOf(error)
  }
}

/** A network that cannot even be opened has a run that says why. */
const noteRefusal = async (
  { payload, request = null, row }: SyncOptions,
  end: RunEnd,
): Promise<RunEnd> => {
  const db = await readerOf({ payload })
  const now = clockNow()
  const window = { from: now, to: now, by: 'event' as const }
  const run = await beginRun(db, { network: row.id, now, request, window })
  await endRun(db, { run, end, now, watermark: null })
  return end
}
