import { setTimeout as wait } from 'node:timers/promises'

import type { Payload } from 'payload'

import { readDb } from '../../../database/readDb.ts'
import { now as clockNow } from '../../../platform/clock.ts'
import { loadNetwork } from '../networkStore.ts'
import { replayPages } from './replayPages.ts'
import { GAVE_UP, type RunResult, toRunResult } from './runLog.ts'
import { recordFailure, syncLocked, type SyncOptions, withSyncLock } from './syncNetwork.ts'
import {
  claimRequest,
  endRequest,
  listOpenRequests,
  type OpenRequest,
  recordWaiting,
} from './requestStore.ts'

/** The interval at which new requests are looked up while others run. */
const POLL_MS = 2_000
/** After this number of lost workers a request runs alone. */
const LOST_BEFORE_ALONE = 2

/**
 * Runs sync requests until none is left: one at a time for each network, and the networks
 * concurrently, so that a hanging network does not block the others. A request that has lost two
 * workers runs alone, so that no other request is lost with it. Returns the final status of each
 * request, by id.
 */
export const runSyncRequests = async ({
  payload,
  signal,
}: {
  payload: Payload
  signal: AbortSignal
}): Promise<Record<string, string>> => {
  const ends: Record<string, string> = {}
  const busy = new Map<string, Promise<void>>()
  let isAlone = false
  const start = async () => {
    for (const request of await listOpenRequests(await readDb({ payload }))) {
      if (signal.aborted || isAlone) return
      if (busy.has(request.network) || request.id in ends) continue
      const isSuspect = request.lost >= LOST_BEFORE_ALONE
      if (isSuspect && busy.size > 0) continue
      isAlone = isSuspect
      const work = runSyncRequest({ payload, request, signal })
        .catch((error: unknown) => {
          payload.logger.error({ msg: 'a sync request failed', request: request.id, err: error })
          return 'failed'
        })
        .then((status) => {
          ends[request.id] = status
          isAlone = false
          busy.delete(request.network)
        })
      busy.set(request.network, work)
    }
  }
  await start()
  while (busy.size > 0) {
    await Promise.race([...busy.values(), wait(POLL_MS, undefined, { ref: false })])
    await start()
  }
  return ends
}

type RequestRun = { payload: Payload; request: OpenRequest; signal: AbortSignal }

/** After this number of lost workers a request fails. */
const MAX_LOST_WORKERS = 3

/**
 * Runs a request, unless another process reads the network: then the request waits, with the
 * reason. It is claimed under the sync lock, so that two workers never run the same request,
 * and another worker can take over the request of a lost one.
 */
const runSyncRequest = async (run: RequestRun): Promise<string> => {
  const { payload, request, signal } = run
  const db = await readDb({ payload })
  const lock = { payload, networkId: request.network, signal }
  const end = await withSyncLock(lock, async (locked) => {
    const claimed = await claimRequest(db, { id: request.id, now: clockNow() })
    if (!claimed) return { status: 'over' as const }
    const done =
      claimed.lost >= MAX_LOST_WORKERS
        ? await giveUp(run)
        : await runClaimed({ ...run, signal: locked }).catch(toRunResult)
    await endRequest(db, { id: request.id, end: done, now: clockNow() })
    return done
  })
  if (end.status === 'skipped') await recordWaiting(db, { id: request.id, why: end.why })
  return end.status
}

/**
 * Fails a request that ended its workers. For a read of the network the run that says so also stops
 * its schedule, until the network is edited or a person requests a sync.
 */
const giveUp = async ({ payload, request }: RequestRun): Promise<RunResult> => {
  const error = `${MAX_LOST_WORKERS} workers were lost while they ran it.`
  const end = { status: 'failed', errorCode: GAVE_UP, error } as const
  if (request.mode === 'fetch') {
    const run = { payload, networkId: request.network, request: request.id }
    await recordFailure(run, { end, isOfSchedule: request.window === undefined })
  }
  return end
}

const runClaimed = async ({ payload, request, signal }: RequestRun): Promise<RunResult> => {
  const network = await loadNetwork(await readDb({ payload }), request.network)
  if (!network.isOn) {
    return { status: 'failed', errorCode: 'network.off', error: `${network.name} is switched off.` }
  }
  const chosenWindow = request.window
  const options: SyncOptions = { payload, network, chosenWindow, request: request.id, signal }
  return request.mode === 'replay' ? replayPages(options) : syncLocked(options)
}
