import type { Env } from '../env.ts'

/** Nothing listens there: a command that needs no database (types, build) must not find one by chance. */
const NOWHERE = 'postgres://127.0.0.1:1/not-configured'

/**
 * The pool of a process. A connection that waits for a lock, or sits in an open transaction, for
 * too long is given up by the database: a forgotten `req` becomes an error instead of a hang.
 */
export const poolOf = (env: Env) => ({
  connectionString: env.DATABASE_URL ?? NOWHERE,
  max: env.DATABASE_POOL_MAX,
  connectionTimeoutMillis: 10_000,
  options: '-c lock_timeout=8000 -c idle_in_transaction_session_timeout=30000',
})
