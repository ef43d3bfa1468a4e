import fs from 'node:fs/promises'
import path from 'node:path'

import { provideEnv, readEnv } from '../config/env.ts'
import { dataDir, prepareEnvironment } from '../server/prepareEnvironment.ts'
import { isOwnedByAnother } from '../server/postgres/claimServer.ts'

/**
 * Deletes the embedded database and its secrets. A server that a killed demo left behind is stopped
 * first.
 *
 * @throws Error if `DATABASE_URL` names another database, or a running demo uses this one
 */
export const deleteDemoData = async (): Promise<void> => {
  const { DATABASE_URL, PAYLOAD_SECRET = '' } = readEnv()
  if (DATABASE_URL) {
    throw new Error('--reset deletes the embedded database, but DATABASE_URL names another.')
  }
  if (await isOwnedByAnother(path.join(dataDir(), 'postgres.owner'))) {
    throw new Error('A demo is running on this data. Stop it first.')
  }
  const isThere = await fs.access(path.join(dataDir(), 'postgres')).then(
    () => true,
    () => false,
  )
  if (isThere) await (await prepareEnvironment()).release()
  // These values belong to the data that is deleted.
  provideEnv({ DATABASE_URL: '', PAYLOAD_SECRET })
  await fs.rm(dataDir(), { recursive: true, force: true })
}
