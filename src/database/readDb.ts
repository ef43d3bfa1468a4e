import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import type { Database } from './dbIn.ts'

/** Returns a connection for reading: the request's transaction if it has one, else the pool. */
export const readDb = async (
  req: Pick<PayloadRequest, 'payload' | 'transactionID'>,
): Promise<Database> => {
  const adapter = req.payload.db as unknown as PostgresAdapter
  const id = await req.transactionID
  const session = id === undefined ? undefined : adapter.sessions[String(id)]
  return (session?.db as Database | undefined) ?? adapter.drizzle
}
