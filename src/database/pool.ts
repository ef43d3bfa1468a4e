import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'

import type { Env } from '../config/env.ts'

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
  options: '-c lock_timeout=8000 -c idle_in_transaction_session_timeout=30000',
})

/**
 * Keeps a process alive when the database closes an idle connection, as it does at a restart. The
 * pool emits an error event, which would end the process without a listener. The pool opens a new
 * connection when it needs one.
 */
export const ignoreIdlePoolErrors = (payload: Payload): void => {
  const { pool } = payload.db as unknown as Partial<PostgresAdapter>
  pool?.on('error', ({ message }) => {
    payload.logger.error({ msg: 'an idle database connection was lost', reason: message })
  })
}

type PoolInternals = {
  ended: boolean
  _clients: { release?: (destroy: boolean) => void }[]
  _idle: { client: unknown }[]
}

/**
 * Closes Payload with its connections. Payload's `destroy` leaves the pool open, and the adapter
 * never returns one of its clients, for which `pool.end()` would wait.
 */
export const closePayload = async (payload: Payload): Promise<void> => {
  const { pool } = payload.db as unknown as PostgresAdapter
  await payload.destroy()
  const internals = pool as unknown as PoolInternals
  if (internals.ended) return
  const idle = new Set(internals._idle.map(({ client }) => client))
  for (const client of [...internals._clients]) if (!idle.has(client)) client.release?.(true)
  await pool.end()
}
