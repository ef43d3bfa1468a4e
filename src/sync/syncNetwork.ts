import { holdNetwork, type SkippedRun } from './holdNetwork.ts'
import { readNetwork } from './readNetwork.ts'
import type { SyncOptions } from './syncOptions.ts'
import type { RunEnd } from './syncRun.ts'

export type SyncEnd = RunEnd | SkippedRun

/**
 * Reads everything that one network has to tell. One run at a time for each network, whatever the
 * number of workers: a second one says that it is not the first.
 */
export const syncNetwork = async (options: SyncOptions): Promise<SyncEnd> => {
  const { payload, row, signal } = options
  return holdNetwork({ payload, network: row.id, signal }, (alone) =>
    readNetwork({ ...options, signal: alone }),
  )
}
