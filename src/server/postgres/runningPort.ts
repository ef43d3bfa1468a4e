import fs from 'node:fs/promises'
import path from 'node:path'

import { Client } from 'pg'

/** The database role of our own servers. */
export const PG_USER = 'tributary'

/** The port of the server that runs on this data and accepts our password; null without one. */
export const runningPort = async ({
  dataDir,
  password,
}: {
  dataDir: string
  password: string
}): Promise<number | null> => {
  const file = path.join(dataDir, 'postmaster.pid')
  const lines = (await fs.readFile(file, 'utf8').catch(() => '')).split('\n')
  const port = Number(lines[3])
  if (!port) return null
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: PG_USER,
    password,
    database: 'postgres',
    connectionTimeoutMillis: 3_000,
  })
  try {
    await client.connect()
    return port
  } catch {
    return null // a leftover of a server that is gone, or one that is still starting
  } finally {
    await client.end().catch(() => undefined)
  }
}
