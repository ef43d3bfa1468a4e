import type { Payload } from 'payload'

import { now as clockNow } from '../clock.ts'
import { readerOf } from '../ledger/readerOf.ts'
import { closeLostRuns } from './closeLostRuns.ts'
import { holdLock } from './holdLock.ts'

export type SkippedRun = { status: 'skipped'; why: string }

type Held = { payload: Payload; network: string; signal: AbortSignal; isDry?: boolean }

/**
 * Does work while no other process reads that network: a second one says that it is not the first.
 * Whoever holds a network is alone, so a run that still says `running` is of a process that is gone.
 */
export const holdNetwork = async <Result>(
  { isDry = false, network, payload, signal }: Held,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result | SkippedRun> => {
  const result = await holdLock({ payload, name: `sync:${network}`, signal }, async (alone) => {
    if (!isDry) await closeLostRuns(await readerOf({ payload }), { network, now: clockNow() })
    return work(alone)
  })
  return result ?? { status: 'skipped', why: 'another run is at it' }
}
