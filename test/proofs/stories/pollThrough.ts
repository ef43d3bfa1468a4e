import { NETWORKS } from './networkSettings.ts'
import { runJob } from './runJob.ts'
import type { Testbed } from './startTestbed.ts'

/** One is enough, unless a run that was due by itself holds a network, or the machine is slow. */
const MOST_REPEATED = 50

/**
 * Polls all networks until each was read to its end in one run. Answers how many runs it took.
 *
 * @throws Error without any fault it never happens
 */
export const pollThrough = async (cast: Testbed, since: Date): Promise<number> => {
  for (let tries = 1; tries <= MOST_REPEATED; tries += 1) {
    if (await pollOnce(cast, since)) return tries
  }
  throw new Error('Without any fault a poll is not through.')
}

/** Answers whether every network was read to its end. */
export const pollOnce = async (cast: Testbed, since: Date): Promise<boolean> => {
  const { report } = await runJob(cast, 'sync-networks', since)
  return NETWORKS.every((network) => report?.[network] === 'completed')
}
