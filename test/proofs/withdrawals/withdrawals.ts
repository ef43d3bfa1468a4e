import type { Proof } from '../types.ts'
import { killFiles } from './killFiles.ts'
import { killRounds } from './killRounds.ts'
import { raceRequests } from './raceRequests.ts'
import { reverseLate } from './reverseLate.ts'
import { startStage } from './startStage.ts'

/**
 * Workers are killed at every step of a payment, and web processes around bank files. Banks reverse
 * payments that had settled.
 */
export const withdrawals: Proof = {
  name: 'withdrawals',
  claim:
    'a withdrawal is paid once whatever is killed, never above the balance, and comes back once',
  isOnEmbeddedOnly: true,
  run: async ({ isQuick, postgres, say, seed }) => {
    const plan = isQuick
      ? { races: 5, share: 1 / 3, kills: 1, reversals: 10, fileRounds: 1 }
      : { races: 100, share: 1, kills: 4, reversals: 100, fileRounds: 3 }
    say(`seed ${seed}`)
    const stage = await startStage(postgres)
    try {
      return [
        ...(await raceRequests(stage, { rounds: plan.races, say })),
        ...(await killRounds(stage, { share: plan.share, rounds: plan.kills, seed, say })),
        ...(await reverseLate(stage, { count: plan.reversals, seed, say })),
        ...(await killFiles(stage, { rounds: plan.fileRounds, say })),
      ]
    } finally {
      await stage.stop()
    }
  },
}
