import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'

import { type PostgresAdapter, sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'

import { now } from '../../platform/clock.ts'

const EVERY_MS = 10_000
/** Rows of workers without a heartbeat for this long are deleted. */
const DELETE_AFTER = '1 day'

/** Keeps a row that shows that this worker lives: refreshed every ten seconds, deleted on stop. */
export const startHeartbeat = async (
  payload: Payload,
  kinds: string,
): Promise<{ stop: () => Promise<void> }> => {
  const db = (payload.db as unknown as PostgresAdapter).drizzle
  const id = randomUUID()
  const startedAt = now().toISOString()
  const beat = async () => {
    const at = now().toISOString()
    await db.execute(sql`
      insert into workers (id, host, pid, kinds, started_at, seen_at, created_at, updated_at)
      values (${id}, ${hostname()}, ${process.pid}, ${kinds}, ${startedAt}, ${at}, ${at}, ${at})
      on conflict (id) do update set seen_at = ${at}, updated_at = ${at}`)
  }
  await beat()
  await db.execute(sql`
    delete from workers where seen_at < ${startedAt}::timestamptz - ${DELETE_AFTER}::interval`)
  const timer = setInterval(() => {
    beat().catch((error: unknown) => {
      payload.logger.error({ msg: 'heartbeat failed', err: error })
    })
  }, EVERY_MS)
  return {
    stop: async () => {
      clearInterval(timer)
      await db.execute(sql`delete from workers where id = ${id}`).catch(() => undefined)
    },
  }
}
