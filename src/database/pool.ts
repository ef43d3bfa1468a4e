import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'

import type { Env } from '../config/env.ts'
import { listTaken } from './returnReserved.ts'
import { stopWaking } from './wakeWorkers.ts'

/** An address without a server: commands without a database (types, build) must not find one. */
const NOWHERE = 'postgres://127.0.0.1:1/not-configured'

/**
 * The options of a process's pool. PostgreSQL ends a statement that waits too long for a lock and a
 * transaction that is idle too long, so a forgotten `req` becomes an error instead of a hang.
 */
export const poolOptions = (env: Env) => ({
  connectionString: env.DATABASE_URL ?? NOWHERE,
  max: env.DATABASE_POOL_MAX,
  connectionTimeoutMillis: 10_000,
  keepAlive: true,
  options: '-c lock_timeout=8000 -c idle_in_transaction_session_timeout=30000',
})

/**
 * Keeps a process alive when the database closes a connection, as it does at a restart. The
 * connection emits an error event, the pool one for a connection that is idle; without a listener
 * either would end the process. Work on the connection fails, and the pool opens a new one.
 */
export const ignorePoolErrors = (payload: Payload): void => {
  const { pool } = payload.db as unknown as Partial<PostgresAdapter>
  pool?.on('connect', (client) => client.on('error', () => undefined))
  pool?.on('error', ({ message }) => {
    payload.logger.error({ msg: 'an idle database connection was lost', reason: message })
  })
}

/**
 * Closes Payload with its connections, after the notifications that still wait. Payload's `destroy`
 * leaves the pool open, and `pool.end()` would wait for connections of work that does not end.
 */
export const closePayload = async (payload: Payload): Promise<void> => {
  const { pool } = payload.db as unknown as PostgresAdapter
  await payload.destroy()
  await stopWaking(pool)
  if ((pool as unknown as { ended: boolean }).ended) return
  for (const client of listTaken(pool)) client.release(true)
  await pool.end()
}
