import fs from 'node:fs/promises'
import path from 'node:path'

import { provideEnv, readEnv } from '../env.ts'
import { dataDir, prepareEnvironment } from '../server/prepareEnvironment.ts'
import { isOwnedByAnother } from '../server/postgres/claimServer.ts'

/**
 * Throws the embedded database away, with the secrets that went with it. A server that a killed
 * demo left behind is adopted and stopped first.
 *
 * @throws Error when the database is not ours to throw away, or somebody is using it
 */
export const throwAway = async (): Promise<void> => {
  const { DATABASE_URL, PAYLOAD_SECRET = '' } = readEnv()
  if (DATABASE_URL) {
    throw new Error('--reset throws the embedded database away; DATABASE_URL names another.')
  }
  if (await isOwnedByAnother(path.join(dataDir(), 'postgres.owner'))) {
    throw new Error('A demo is running on this data. Stop it first.')
  }
  const isThere = await fs.access(path.join(dataDir(), 'postgres')).then(
    () => true,
    () => false,
  )
  if (isThere) await (await prepareEnvironment()).release()
  // What that found out belongs to the data that goes.
  provideEnv({ DATABASE_URL: '', PAYLOAD_SECRET })
  await fs.rm(dataDir(), { recursive: true, force: true })
}
