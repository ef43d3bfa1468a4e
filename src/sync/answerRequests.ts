import { setTimeout as wait } from 'node:timers/promises'

import type { Payload } from 'payload'

import { readerOf } from '../ledger/readerOf.ts'
import { answerRequest } from './answerRequest.ts'
import { openRequests } from './openRequests.ts'

/** While some are under way, for networks that are asked for meanwhile. */
const LOOK_EVERY_MS = 2_000

/**
 * Does what was asked for until nothing is left: one thing at a time for each network, networks side
 * by side, so that one that hangs holds up no other. Answers how each ended, by id.
 */
export const answerRequests = async ({
  payload,
  signal,
}: {
  payload: Payload
  signal: AbortSignal
}): Promise<Record<string, string>> => {
  const ends: Record<string, string> = {}
  const busy = new Map<string, Promise<void>>()
  const start = async () => {
    for (const request of await openRequests(await readerOf({ payload }))) {
      if (signal.aborted || busy.has(request.network) || request.id in ends) continue
      const work = answerRequest({ payload, request, signal })
        .catch((error: unknown) => {
          payload.logger.error({ msg: 'a request failed', request: request.id, err: error })
          return 'failed'
        })
        .then((status) => {
          ends[request.id] = status
          busy.delete(request.network)
        })
      busy.set(request.network, work)
    }
  }
  await start()
  while (busy.size > 0) {
    await Promise.race([...busy.values(), wait(LOOK_EVERY_MS, undefined, { ref: false })])
    await start()
  }
  return ends
}
