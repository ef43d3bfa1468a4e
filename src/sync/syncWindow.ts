import { createLocalReq, type Payload } from 'payload'

import { now as clockNow } from '../clock.ts'
import { inTransaction } from '../ledger/inTransaction.ts'
import { readerOf } from '../ledger/readerOf.ts'
import { transactionOf } from '../ledger/transactionOf.ts'
import { NetworkError } from '../networks/NetworkError.ts'
import type { Network, SalePage, SaleWindow } from '../networks/types.ts'
import { endOf } from './endOf.ts'
import { reducePage } from './reducePage.ts'
import type { ReducedPage } from './reduceRows.ts'
import { beginRun, countPage, endRun, type RunEnd } from './syncRun.ts'

export type WindowOptions = {
  payload: Payload
  network: Network
  /** The id of its row. */
  id: string
  window: SaleWindow
  signal: AbortSignal
  request?: string | null
  /** A window that somebody chose says nothing of the days before it: no watermark follows it. */
  isChosen?: boolean
  onPage?: ((kept: ReducedPage, page: SalePage) => void) | undefined
}

/** Reports are half an hour behind; what happened since is asked for again. */
const LAG_MS = 30 * 60_000

/**
 * Asks for one window and reduces page by page, each in a transaction of its own: killed anywhere,
 * a run has kept whole pages, and the next one begins before them. The watermark moves when every
 * page is in. Never throws for what a network does or for a fault of ours: its run says what failed.
 */
export const syncWindow = async (options: WindowOptions): Promise<RunEnd> => {
  const { id, isChosen = false, payload, request = null, signal, window } = options
  const db = await readerOf({ payload })
  const run = await beginRun(db, { network: id, now: clockNow(), window, request })
  const end = await readAll(options, run).catch((error: unknown) => {
    if (!(error instanceof NetworkError)) {
      payload.logger.error({ msg: 'a page could not be reduced', network: id, run, err: error })
    }
    return endOf(error)
  })
  const isWhole = end.status === 'completed' && !signal.aborted && !isChosen
  const watermark = isWhole ? new Date(window.to.getTime() - LAG_MS) : null
  await endRun(db, { run, end, now: clockNow(), watermark })
  return end
}

const readAll = async (
  { id, network, onPage, payload, signal, window }: WindowOptions,
  run: string,
): Promise<RunEnd> => {
  const pages = network.listSales(window, { signal })
  try {
    for (let number = 1; ; number += 1) {
      const observedAt = clockNow()
      const next = await pages.next()
      if (next.done) return { status: 'completed' }
      const kept = await keepPage(payload, { id, run, number, observedAt, page: next.value })
      onPage?.(kept, next.value)
      if (signal.aborted) return { status: 'stopped' }
    }
  } finally {
    await pages.return(undefined)
  }
}

type Kept = { id: string; run: string; number: number; observedAt: Date; page: SalePage }

const keepPage = async (payload: Payload, { id, run, ...page }: Kept): Promise<ReducedPage> => {
  const req = await createLocalReq({}, payload)
  return inTransaction(req, async () => {
    const done = await reducePage(req, { ...page, network: id, run, now: clockNow() })
    await countPage(await transactionOf(req), run, done)
    return done
  })
}
