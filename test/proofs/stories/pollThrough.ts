import { NETWORKS } from './networkSettings.ts'
import { runJob } from './runJob.ts'
import type { Testbed } from './startTestbed.ts'

/** One poll is enough, unless a scheduled run holds a network or the machine is slow. */
const MAX_TRIES = 50

/**
 * Polls all networks until one run has read each of them to its end. Returns the number of runs.
 *
 * @throws Error no run read all networks to their end
 */
export const pollThrough = async (testbed: Testbed, since: Date): Promise<number> => {
  for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
    if (await pollOnce(testbed, since)) return tries
  }
  throw new Error(`None of ${MAX_TRIES} runs read all networks to their end.`)
}

/** Polls all networks once. Returns whether each was read to its end. */
export const pollOnce = async (testbed: Testbed, since: Date): Promise<boolean> => {
  const { report } = await runJob(testbed, 'sync-networks', since)
  return NETWORKS.every((network) => report?.[network] === 'completed')
}
