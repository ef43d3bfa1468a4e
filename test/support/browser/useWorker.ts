import { inheritedEnv } from '../../../src/config/env.ts'
import { freePort } from '../../../src/server/postgres/freePort.ts'
import {
  type SpawnedSimulator,
  spawnSimulator,
} from '../../../src/server/processes/spawnSimulator.ts'
import { type SpawnedWorker, spawnWorker } from '../../../src/server/processes/spawnWorker.ts'

/**
 * Starts a simulator, and a worker on the database of the product in the window, for the tests of
 * one file. `env` names the providers that the worker finds at the simulator's address. A hook
 * stops both, after the hooks of the file. Returns the address.
 */
export const useWorker = (env: (simulatorUrl: string) => Record<string, string>) => {
  const { BROWSER_DATABASE_URL = '', BROWSER_SECRET = '' } = inheritedEnv()
  let simulator: SpawnedSimulator
  let worker: SpawnedWorker
  beforeAll(async () => {
    simulator = await spawnSimulator()
    worker = spawnWorker(await freePort(), {
      DATABASE_URL: BROWSER_DATABASE_URL,
      PAYLOAD_SECRET: BROWSER_SECRET,
      ...env(simulator.url),
    })
    await worker.untilReady()
  }, 120_000)
  afterAll(async () => {
    await worker.stop()
    await simulator.stop()
  })
  return { simulatorUrl: () => simulator.url }
}
