import { once } from 'node:events'

import { freePort } from '../../../src/server/postgres/freePort.ts'
import { type SpawnedWorker, spawnWorker } from '../../../src/server/processes/spawnWorker.ts'

export type Crew = {
  kills: () => number
  /** Kills a worker with SIGKILL and starts another one. Does not wait until that is ready. */
  kill: (name: string) => Promise<void>
  stop: () => Promise<void>
}

/** Starts workers with names: w1, w2 and so on. `settingsOf` returns the environment of one. */
export const startCrew = async (
  size: number,
  settingsOf: (name: string) => Record<string, string>,
): Promise<Crew> => {
  const workers = new Map<string, SpawnedWorker>()
  const count = { started: 0, kills: 0 }
  const startOne = async (): Promise<SpawnedWorker> => {
    count.started += 1
    const name = `w${count.started}`
    const worker = spawnWorker(await freePort(), { ...settingsOf(name), PGAPPNAME: name })
    workers.set(name, worker)
    return worker
  }
  const first = await Promise.all(Array.from({ length: size }, startOne))
  await Promise.all(first.map((worker) => worker.untilReady()))
  return {
    kills: () => count.kills,
    kill: async (name) => {
      const victim = workers.get(name)
      if (!victim) throw new Error(`No worker is called ${name}.`)
      const ended = once(victim.process, 'exit')
      victim.process.kill('SIGKILL')
      await ended
      workers.delete(name)
      count.kills += 1
      await startOne()
    },
    stop: async () => {
      await Promise.all([...workers.values()].map((worker) => worker.stop()))
    },
  }
}
