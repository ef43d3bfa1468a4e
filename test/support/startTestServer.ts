import { randomBytes } from 'node:crypto'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

import { migrations } from '../../src/database/migrations/index.ts'
import { migrate } from '../../src/database/migrate.ts'
import { ensureDatabase } from '../../src/server/postgres/ensureDatabase.ts'
import { isAlive } from '../../src/server/postgres/isAlive.ts'
import {
  type Postgres,
  startPostgres,
  stopPostgres,
} from '../../src/server/postgres/startPostgres.ts'

/** The migrated database that test files clone. */
export const TEMPLATE = 'tributary_template'
const PREFIX = 'tributary-test-'

/**
 * Starts a throw-away PostgreSQL with a migrated template. First stops and removes the servers that
 * killed runs left behind, since nothing else does.
 */
export const startTestServer = async ({ binDir }: { binDir?: string } = {}): Promise<Postgres> => {
  await removeLeftovers()
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), PREFIX))
  const password = randomBytes(16).toString('hex')
  await fs.writeFile(path.join(dir, 'owner.json'), JSON.stringify({ pid: process.pid, password }), {
    mode: 0o600,
  })
  const server = await startPostgres({
    dataDir: path.join(dir, 'data'),
    password,
    isDurable: false,
    ...(binDir ? { binDir } : {}),
  }).catch(async (error: unknown) => {
    await fs.rm(dir, { recursive: true, force: true })
    throw error
  })
  await ensureDatabase(server.url('postgres'), TEMPLATE)
  await migrate({ databaseUrl: server.url(TEMPLATE), migrations })
  return {
    ...server,
    stop: async () => {
      await server.stop()
      await fs.rm(dir, { recursive: true, force: true })
    },
  }
}

/** Stops and removes the servers of runs that were killed. */
export const removeLeftovers = async (): Promise<void> => {
  const names = await fs.readdir(os.tmpdir())
  for (const name of names.filter((entry) => entry.startsWith(PREFIX))) {
    const dir = path.join(os.tmpdir(), name)
    const owner = (await fs.stat(dir).catch(() => null))?.uid
    const text = await fs.readFile(path.join(dir, 'owner.json'), 'utf8').catch(() => '')
    if (owner !== process.getuid?.() || !text) continue // of another user, or not complete yet
    const { password, pid } = JSON.parse(text) as { password: string; pid: number }
    if (isAlive(pid)) continue
    await stopPostgres({ dataDir: path.join(dir, 'data'), password })
    await fs.rm(dir, { recursive: true, force: true })
  }
}
