import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { Client } from 'pg'

type Lock = {
  payload: Payload
  name: string
  signal: AbortSignal
  /** How long to wait for the current holder, in milliseconds; by default not at all. */
  waitMs?: number
}

/**
 * Runs work under a named lock across all processes; returns null when another holds it.
 *
 * The lock has its own connection, so that locks do not use up the pool and no transaction stays
 * open. When the connection is lost, and the lock with it, the work's signal is aborted.
 */
export const holdLock = async <Result>(
  { name, payload, signal, waitMs = 0 }: Lock,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result | null> => {
  const lost = new AbortController()
  const { poolOptions } = payload.db as unknown as PostgresAdapter
  const client = new Client({
    connectionString: poolOptions.connectionString,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  })
  for (const event of ['error', 'end'] as const) {
    client.on(event, () => {
      lost.abort()
    })
  }
  try {
    await client.connect()
    if (!(await tryLock(client, name, waitMs))) return null
    return await work(AbortSignal.any([signal, lost.signal]))
  } finally {
    // The end of the session releases the lock in every case.
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
