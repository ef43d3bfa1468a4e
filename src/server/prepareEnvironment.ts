import path from 'node:path'

import { type Env, provideEnv, readEnv } from '../config/env.ts'
import { claimServer } from './postgres/claimServer.ts'
import { ensureDatabase } from './postgres/ensureDatabase.ts'
import { startPostgres } from './postgres/startPostgres.ts'
import { projectRoot } from '../platform/projectRoot.ts'
import { ensureSecrets } from './secrets.ts'

export type Prepared = {
  env: Env
  /** Stops the embedded server, if it is ours to stop. */
  release: () => Promise<void>
}

/** The folder of the embedded database and of generated secrets. */
export const dataDir = (): string => path.join(projectRoot(), '.data')

/**
 * Fills in what the configuration needs, before it is imported: outside production, secrets are
 * generated once and a PostgreSQL of our own is started unless `DATABASE_URL` names another.
 */
export const prepareEnvironment = async (): Promise<Prepared> => {
  const env = readEnv()
  if (env.TRIBUTARY_MODE === 'production') return { env, release: () => Promise.resolve() }

  const secrets = await ensureSecrets(dataDir())
  provideEnv({ PAYLOAD_SECRET: env.PAYLOAD_SECRET ?? secrets.payloadSecret })
  if (env.DATABASE_URL) return { env: readEnv(), release: () => Promise.resolve() }

  const postgres = await startPostgres({
    dataDir: path.join(dataDir(), 'postgres'),
    password: secrets.databasePassword,
  })
  const isOurs = await claimServer(path.join(dataDir(), 'postgres.owner'))
  await ensureDatabase(postgres.url('postgres'), 'tributary')
  provideEnv({ DATABASE_URL: postgres.url('tributary') })
  return {
    env: readEnv(),
    release: isOurs ? postgres.stop : () => Promise.resolve(),
  }
}
