import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'

/**
 * Keeps a process alive when the database closes a connection that nobody uses, as it does when it
 * restarts: unheard, that ends the process. The pool makes a new one when it is asked.
 */
export const survivePoolErrors = (payload: Payload): void => {
  const { pool } = payload.db as unknown as Partial<PostgresAdapter>
  pool?.on('error', ({ message }) => {
    payload.logger.error({ msg: 'an idle database connection was lost', reason: message })
  })
}
