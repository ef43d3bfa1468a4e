import { setTimeout as wait } from 'node:timers/promises'

import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'

import { TAKES_WRITES } from '../../database/takesWrites.ts'

/** Shorter than a load balancer waits. */
const MAX_MS = 3_000

/**
 * Asks the database whether it takes writes: a standby and a primary that is read-only answer, but
 * every change would fail. Also not ok when it does not answer in time. Never throws.
 */
export const pingDatabase = async (
  payload: Payload,
): Promise<{ ok: boolean; latencyMs: number }> => {
  const { pool } = payload.db as unknown as PostgresAdapter
  const started = performance.now()
  const asked = pool.query<{ ok: boolean }>(TAKES_WRITES).then(
    ({ rows }) => rows[0]?.ok === true,
    () => false,
  )
  const ok = await Promise.race([asked, wait(MAX_MS, false, { ref: false })])
  return { ok, latencyMs: Math.round(performance.now() - started) }
}
