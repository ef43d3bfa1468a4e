import { once } from 'node:events'

import { freePort } from '../../../src/server/postgres/freePort.ts'
import type { Postgres } from '../../../src/server/postgres/startPostgres.ts'
import {
  type SpawnedSimulator,
  spawnSimulator,
} from '../../../src/server/processes/spawnSimulator.ts'
import { type SpawnedWorker, spawnWorker } from '../../../src/server/processes/spawnWorker.ts'
import { createNetwork } from '../../support/cashbackFactories.ts'
import { withoutRateLimit } from '../../support/networks/simulatedNetwork.ts'
import { createUser, signIn } from '../../support/factories.ts'
import { type BuiltProduct, startBuiltProduct } from '../../support/startBuiltProduct.ts'
import { control } from '../control.ts'
import { NETWORKS, type NetworkName, settingsFor } from './networkSettings.ts'

/** The processes of one proof: the built product's web and worker, and the simulated networks. */
export type Testbed = {
  product: BuiltProduct
  simulator: SpawnedSimulator
  networks: Record<NetworkName, string>
  /** `Authorization` headers of an admin and of finance. */
  admin: string
  finance: string
  workerProcess: () => SpawnedWorker['process']
  /** Kills the worker with SIGKILL. */
  killWorker: () => Promise<void>
  /** Kills the worker with SIGKILL and starts a new one. */
  replaceWorker: () => Promise<void>
  stop: () => Promise<void>
}

export const startTestbed = async (
  postgres: Postgres,
  options: { timeoutMs?: number } = {},
): Promise<Testbed> => {
  const simulator = await spawnSimulator()
  const settings = settingsFor(simulator.url, options)
  const product = await startBuiltProduct(postgres, settings)
  const env = {
    ...settings,
    DATABASE_URL: product.web.databaseUrl,
    PAYLOAD_SECRET: product.web.secret,
    DATABASE_POOL_MAX: '16',
  }
  const state = { worker: await readyWorker(env) }
  // Rate limits are proven elsewhere. Here they would only cost time.
  await Promise.all(
    NETWORKS.map((network) => control(simulator.url, '/networks', { network, perMinute: null })),
  )
  return {
    product,
    simulator,
    networks: await openAccounts(product),
    admin: await staff(product, 'admin'),
    finance: await staff(product, 'finance'),
    workerProcess: () => state.worker.process,
    killWorker: () => kill(state.worker),
    replaceWorker: async () => {
      await kill(state.worker)
      state.worker = await readyWorker(env)
    },
    stop: async () => {
      await state.worker.stop()
      await product.stop()
      await simulator.stop()
    },
  }
}

const readyWorker = async (env: Record<string, string>): Promise<SpawnedWorker> => {
  const worker = spawnWorker(await freePort(), env)
  await worker.untilReady()
  return worker
}

const kill = async ({ process: worker }: SpawnedWorker): Promise<void> => {
  const ended = once(worker, 'exit')
  worker.kill('SIGKILL')
  await ended
}

const staff = async ({ payload }: BuiltProduct, role: 'admin' | 'finance'): Promise<string> =>
  signIn(payload, await createUser(payload, { role }))

const openAccounts = async ({ payload }: BuiltProduct): Promise<Record<NetworkName, string>> => {
  const made = await Promise.all(
    NETWORKS.map(async (name) => {
      const settings = withoutRateLimit(name)
      const { id } = await createNetwork(payload, { name, adapter: name, settings })
      return [name, id] as const
    }),
  )
  return Object.fromEntries(made) as Record<NetworkName, string>
}
