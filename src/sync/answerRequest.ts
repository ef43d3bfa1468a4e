import type { Payload } from 'payload'

import { now as clockNow } from '../clock.ts'
import { readerOf } from '../ledger/readerOf.ts'
import { claimRequest, endRequest, noteWaiting } from './claimRequest.ts'
import { endOf } from './endOf.ts'
import { holdNetwork } from './holdNetwork.ts'
import { networkRow } from './networkRow.ts'
import type { OpenRequest } from './openRequests.ts'
import { readNetwork } from './readNetwork.ts'
import { replayPages } from './replayPages.ts'
import type { SyncOptions } from './syncOptions.ts'
import type { RunEnd } from './syncRun.ts'

type Answering = { payload: Payload; request: OpenRequest; signal: AbortSignal }

/** A request that took so many workers with it is not given to another. */
const MOST_LOST = 3

/**
 * Does what was asked for, if nobody else reads the network; else it goes on waiting, and says for
 * what. Claimed under the network's lock: two workers never do the same, and what a dead one left
 * is taken over.
 */
export const answerRequest = async (answering: Answering): Promise<string> => {
  const { payload, request, signal } = answering
  const db = await readerOf({ payload })
  const end = await holdNetwork({ payload, network: request.network, signal }, async (alone) => {
    const claimed = await claimRequest(db, { id: request.id, now: clockNow() })
    if (!claimed) return { status: 'over' as const }
    const done =
      claimed.lost >= MOST_LOST ? LOST : await answer({ ...answering, signal: alone }).catch(endOf)
    await endRequest(db, { id: request.id, end: done, now: clockNow() })
    return done
  })
  if (end.status === 'skipped') await noteWaiting(db, { id: request.id, why: end.why })
  return end.status
}

const LOST: RunEnd = {
  status: 'failed',
  errorCode: 'sync.worker-lost',
  error: `${MOST_LOST} workers ended before it did.`,
}

const answer = async ({ payload, request, signal }: Answering): Promise<RunEnd> => {
  const row = await networkRow(await readerOf({ payload }), request.network)
  if (!row.isOn) {
    return { status: 'failed', errorCode: 'network.off', error: `${row.name} is switched off.` }
  }
  const options: SyncOptions = { payload, row, asked: request.asked, request: request.id, signal }
  return request.mode === 'replay' ? replayPages(options) : readNetwork(options)
}
