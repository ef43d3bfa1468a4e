import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { Pool } from 'pg'
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  type RateLimiterRes,
} from 'rate-limiter-flexible'

export type Limit = {
  name: string
  points: number
  seconds: number
  /** True if a counter can be deleted before its time: no process remembers it as reached. */
  canBeLifted?: boolean
}

/**
 * Opens a rate limiter that counts in the database, for all processes together. It has a pool of
 * two connections: a registration counts while it holds one of Payload's pool, and many at once
 * would deadlock. When the database does not answer, each process counts in its memory.
 */
export const openRateLimiter = ({ db }: Pick<Payload, 'db'>, limit: Limit): RateLimiterAbstract => {
  const adapter = db as unknown as PostgresAdapter
  const limiters = LIMITERS.get(adapter) ?? new Map<string, RateLimiterAbstract>()
  LIMITERS.set(adapter, limiters)
  const limiter = limiters.get(limit.name) ?? makeLimiter(openPool(adapter), limit)
  limiters.set(limit.name, limiter)
  return limiter
}

const LIMITERS = new WeakMap<PostgresAdapter, Map<string, RateLimiterAbstract>>()
const POOLS = new WeakMap<PostgresAdapter, Pool>()

/** Idle connections close, and they keep no process alive. */
const openPool = (adapter: PostgresAdapter): Pool => {
  const known = POOLS.get(adapter)
  if (known) return known
  const pool = new Pool({
    ...adapter.pool.options,
    max: 2,
    idleTimeoutMillis: 5_000,
    connectionTimeoutMillis: 2_000,
    allowExitOnIdle: true,
  })
  pool.on('error', () => undefined) // an idle connection was lost: the next query opens another
  POOLS.set(adapter, pool)
  return pool
}

const makeLimiter = (
  storeClient: Pool,
  { canBeLifted = false, name, points, seconds }: Limit,
): RateLimiterPostgres => {
  const options = { keyPrefix: name, points, duration: seconds }
  return new RateLimiterPostgres({
    ...options,
    storeClient,
    tableName: 'rate_limits',
    tableCreated: true,
    ...(canBeLifted ? {} : { inMemoryBlockOnConsumed: points }),
    clearExpiredByTimeout: false, // the job `clean-up` deletes them for all processes
    insuranceLimiter: new RateLimiterMemory(options),
  })
}

/**
 * Consumes one point.
 *
 * @returns the milliseconds to wait when no point is left, else null
 */
export const consumePoint = async (
  limiter: RateLimiterAbstract,
  key: string,
): Promise<number | null> => {
  try {
    await limiter.consume(key)
    return null
  } catch (refused) {
    if (refused instanceof Error) throw refused
    return (refused as RateLimiterRes).msBeforeNext
  }
}

/**
 * Counts one attempt.
 *
 * @returns the seconds to wait when the limit is exceeded, else null
 */
export const countAttempt = async (
  limiter: RateLimiterAbstract,
  key: string,
): Promise<number | null> => {
  const ms = await consumePoint(limiter, key)
  return ms === null ? null : Math.max(1, Math.ceil(ms / 1000))
}
