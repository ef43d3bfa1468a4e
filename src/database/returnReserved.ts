import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { DatabaseAdapterObj } from 'payload'
import type { PoolClient } from 'pg'

/**
 * Returns the connection that Payload's adapter takes from the pool at the start and never returns.
 * When the database resets it, the adapter takes another, and the dead one still counts: after as
 * many losses as the pool has connections, every request would wait in vain (ADR 15).
 */
export const returnReserved = (adapter: DatabaseAdapterObj): DatabaseAdapterObj => ({
  ...adapter,
  init: (args) => {
    const db = adapter.init(args) as unknown as PostgresAdapter
    const connect = db.connect?.bind(db)
    db.connect = async (options) => {
      const isFirst = !(db.pool as unknown)
      await connect?.(options)
      if (isFirst) for (const client of listTaken(db.pool)) giveBack(client)
    }
    return db
  },
})

/** The connections of a pool that something holds. */
export const listTaken = (pool: PostgresAdapter['pool']): PoolClient[] => {
  const { _clients: all, _idle } = pool as unknown as Internals
  const idle = new Set(_idle.map(({ client }) => client))
  return all.filter((client) => !idle.has(client))
}

type Internals = { _clients: PoolClient[]; _idle: { client: PoolClient }[] }

const giveBack = (client: PoolClient): void => {
  client.removeAllListeners('error') // the adapter's own, which would take another connection
  client.on('error', () => undefined) // without one, a loss during its use would end the process
  client.release()
}
