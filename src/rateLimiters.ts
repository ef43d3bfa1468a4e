import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { Pool } from 'pg'
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  type RateLimiterRes,
} from 'rate-limiter-flexible'

export type Limit = { name: string; points: number; seconds: number }

/**
 * Counts in the database, so that all web processes count together. It has two connections of its
 * own: a registration asks while it holds one of the pool's, and many at once would wait for each
 * other. Should the database not answer, each process counts in its own memory.
 */
export const rateLimiterOf = ({ db }: Pick<Payload, 'db'>, limit: Limit): RateLimiterAbstract => {
  const adapter = db as unknown as PostgresAdapter
  const limiters = LIMITERS.get(adapter) ?? new Map<string, RateLimiterAbstract>()
  LIMITERS.set(adapter, limiters)
  const limiter = limiters.get(limit.name) ?? makeLimiter(poolOf(adapter), limit)
  limiters.set(limit.name, limiter)
  return limiter
}

const LIMITERS = new WeakMap<PostgresAdapter, Map<string, RateLimiterAbstract>>()
const POOLS = new WeakMap<PostgresAdapter, Pool>()

/** Its connections close when idle, and keep no process alive. */
const poolOf = (adapter: PostgresAdapter): Pool => {
  const known = POOLS.get(adapter)
  if (known) return known
  const pool = new Pool({
    ...adapter.pool.options,
    max: 2,
    idleTimeoutMillis: 5_000,
    connectionTimeoutMillis: 2_000,
    allowExitOnIdle: true,
  })
  pool.on('error', () => undefined) // of an idle connection: the next query opens another
  POOLS.set(adapter, pool)
  return pool
}

const makeLimiter = (storeClient: Pool, { name, points, seconds }: Limit): RateLimiterPostgres => {
  const options = { keyPrefix: name, points, duration: seconds }
  return new RateLimiterPostgres({
    ...options,
    storeClient,
    tableName: 'rate_limits',
    tableCreated: true,
    inMemoryBlockOnConsumed: points,
    clearExpiredByTimeout: false, // a job does, once for all processes
    insuranceLimiter: new RateLimiterMemory(options),
  })
}

/**
 * Takes one point.
 *
 * @returns the milliseconds to wait when there is none left, else null
 */
export const takePoint = async (
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
 * @returns the seconds to wait when it is one too many, else null
 */
export const countAttempt = async (
  limiter: RateLimiterAbstract,
  key: string,
): Promise<number | null> => {
  const ms = await takePoint(limiter, key)
  return ms === null ? null : Math.max(1, Math.ceil(ms / 1000))
}
