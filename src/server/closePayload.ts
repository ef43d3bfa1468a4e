import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'

type PoolInternals = {
  ended: boolean
  _clients: { release?: (destroy: boolean) => void }[]
  _idle: { client: unknown }[]
}

/**
 * Ends Payload with its connections. Its own `destroy` leaves the pool open, and the adapter keeps
 * one client checked out for ever, for which `pool.end()` would wait.
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
