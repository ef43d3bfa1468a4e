import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { DomainError } from '../domain/errors.ts'

export type Database = Pick<PostgresAdapter['drizzle'], 'execute'>

/**
 * The database connection that carries the request's transaction: the only reach into Payload's
 * sessions.
 *
 * @throws DomainError `ledger.no-transaction` rather than fall back to a connection outside it,
 *   where money would be kept though its cause is rolled back
 */
export const transactionOf = async (req: PayloadRequest): Promise<Database> => {
  const adapter = req.payload.db as unknown as PostgresAdapter
  const id = await req.transactionID
  const session = id === undefined ? undefined : adapter.sessions[String(id)]
  if (!session) throw new DomainError('ledger.no-transaction', 'Money moves in transactions only.')
  return session.db
}
