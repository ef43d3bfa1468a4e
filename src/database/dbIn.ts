import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { DomainError } from '../domain/errors.ts'

export type Database = Pick<PostgresAdapter['drizzle'], 'execute'>

/**
 * Returns the connection of the request's transaction. Never falls back to a connection outside of
 * it, where money would stay although its cause is rolled back.
 *
 * @throws DomainError `ledger.no-transaction` the request has no transaction
 */
export const dbIn = async (req: PayloadRequest): Promise<Database> => {
  const adapter = req.payload.db as unknown as PostgresAdapter
  const id = await req.transactionID
  const session = id === undefined ? undefined : adapter.sessions[String(id)]
  if (!session)
    throw new DomainError('ledger.no-transaction', 'Money moves only in a database transaction.')
  return session.db
}
