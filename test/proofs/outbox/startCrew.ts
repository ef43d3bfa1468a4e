import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'

import { freePort } from '../../../src/server/postgres/freePort.ts'
import type { SpawnedWorker } from '../../../src/server/processes/spawnWorker.ts'
import { spawnProbeWorker } from '../../support/workers/spawnProbeWorker.ts'

export type Crew = {
  size: number
  /**
   * Kills a random worker with SIGKILL every 2 to 5 s and starts a new one, until the work ends.
   */
  killDuring: (work: Promise<unknown>) => Promise<{ kills: number }>
  stop: () => Promise<void>
}

/** Starts workers and waits until all are ready. */
export const startCrew = async (size: number, env: Record<string, string>): Promise<Crew> => {
  const workers: SpawnedWorker[] = []
  for (let index = 0; index < size; index += 1) {
    workers.push(await spawnProbeWorker(await freePort(), env))
  }
  const untilReady = () => Promise.all(workers.map((worker) => worker.untilReady()))
  await untilReady()

  const killOne = async () => {
    const index = randomInt(workers.length)
    const victim = workers[index]?.process
    if (!victim) return
    // On a busy machine a start may take longer than the time between two kills.
    const others = workers.filter((_, other) => other !== index)
    await Promise.race(others.map((worker) => worker.untilReady()))
    const ended = once(victim, 'exit')
    victim.kill('SIGKILL')
    await ended
    workers[index] = await spawnProbeWorker(await freePort(), env)
  }

  return {
    size,
    killDuring: async (work) => {
      const over = new AbortController()
      const watched = work.finally(() => {
        over.abort()
      })
      watched.catch(() => undefined) // reported by the `await` below, after the last kill
      let kills = 0
      while (await waitForNextKill(over.signal)) {
        await killOne()
        kills += 1
      }
      await watched
      await untilReady()
      return { kills }
    },
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.stop()))
    },
  }
}

/** Waits 2 to 5 s. Returns false as soon as the work is over. */
const waitForNextKill = (over: AbortSignal): Promise<boolean> =>
  wait(randomInt(2_000, 5_000), undefined, { signal: over }).then(
    () => true,
    () => false,
  )
