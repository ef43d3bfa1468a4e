import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { Client } from 'pg'

type Lock = {
  payload: Payload
  name: string
  signal: AbortSignal
  /** How long to wait for whoever has it, in milliseconds; not at all unless said. */
  waitMs?: number
}

/**
 * Does work while nobody else, in whatever process, holds the lock of that name; null where somebody
 * does. It lives on a connection of its own, not one of the pool, so that whoever holds locks never
 * leaves others without a connection, and no transaction is open meanwhile. When that connection is
 * lost, and the lock with it, the work is told to stop.
 */
export const holdLock = async <Result>(
  { name, payload, signal, waitMs = 0 }: Lock,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result | null> => {
  const lost = new AbortController()
  const { poolOptions } = payload.db as unknown as PostgresAdapter
  const client = new Client({ connectionString: poolOptions.connectionString, keepAlive: true })
  client.on('error', () => {
    lost.abort()
  })
  try {
    await client.connect()
    if (!(await tryLock(client, name, waitMs))) return null
    return await work(AbortSignal.any([signal, lost.signal]))
  } finally {
    // Ending the session lets the lock go, whatever happened in it.
    await client.end().catch(() => undefined)
  }
}

const tryLock = async (client: Client, name: string, waitMs: number): Promise<boolean> => {
  if (waitMs === 0) {
    const { rows } = await client.query<{ locked: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as locked',
      [name],
    )
    return rows[0]?.locked === true
  }
  await client.query(`select set_config('lock_timeout', $1, false)`, [String(waitMs)])
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name])
    return true
  } catch (error) {
    if ((error as { code?: unknown }).code === LOCK_NOT_AVAILABLE) return false
    throw error
  }
}

const LOCK_NOT_AVAILABLE = '55P03'
