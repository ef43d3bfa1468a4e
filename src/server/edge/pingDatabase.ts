import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'

/** Runs a trivial query against the database. Never throws. */
export const pingDatabase = async (
  payload: Payload,
): Promise<{ ok: boolean; latencyMs: number }> => {
  const { pool } = payload.db as unknown as PostgresAdapter
  const started = performance.now()
  const ok = await pool.query('select 1').then(
    () => true,
    () => false,
  )
  return { ok, latencyMs: Math.round(performance.now() - started) }
}
