import { randomUUID } from 'node:crypto'

import type { PostgresAdapter } from '@payloadcms/db-postgres'
import { NodePgSession, NodePgTransaction } from '@payloadcms/db-postgres/drizzle/node-postgres'
import type { DatabaseAdapterObj } from 'payload'
import type { PoolClient } from 'pg'

import { DomainError } from '../domain/errors.ts'
import { gatherWakes } from './wakeWorkers.ts'

/**
 * Replaces Payload's transactions by ones that report a failed COMMIT. Payload's own swallow it, so
 * that a request is answered 201 for a row that is not stored (ADR 15). Here a COMMIT that
 * PostgreSQL refuses throws its error, and nothing of the transaction is stored. After a commit, or
 * one that may have taken place, the workers are woken that the transaction named.
 *
 * @throws DomainError `request.outcome-unknown` the connection was lost during COMMIT, which may
 *   have taken place
 */
export const confirmCommits = (adapter: DatabaseAdapterObj): DatabaseAdapterObj => ({
  ...adapter,
  init: (args) => {
    const db = adapter.init(args) as unknown as PostgresAdapter
    db.beginTransaction = async () => {
      await db.initializing
      const id = randomUUID()
      db.sessions[id] = await beginSession(db)
      return id
    }
    db.commitTransaction = async (id) => (await takeSession(db, id))?.resolve()
    db.rollbackTransaction = async (id) => (await takeSession(db, id))?.reject()
    return db
  },
})

type Session = PostgresAdapter['sessions'][string]

/**
 * Removes a transaction from the open ones. Operations may share it: the first that ends it gets it,
 * and its connection is released once.
 */
const takeSession = async (
  db: PostgresAdapter,
  given: number | Promise<number | string> | string | undefined,
): Promise<Session | undefined> => {
  const id = String(await given)
  const session = db.sessions[id]
  Reflect.deleteProperty(db.sessions, id)
  return session
}

const beginSession = async (db: PostgresAdapter): Promise<Session> => {
  const client = await db.pool.connect()
  // A lost connection fails the next statement as well. Without a listener it ends the process.
  client.on('error', ignore)
  const tx = openTransaction(db, client)
  try {
    await client.query('begin')
  } catch (error) {
    release(client, true)
    throw error
  }
  const wake = gatherWakes(tx, db.pool)
  return { db: tx, resolve: () => commit(client, wake), reject: () => rollback(client) }
}

/** The parts of Payload's Drizzle with which it opens a transaction itself. */
type Parts = {
  dialect: ConstructorParameters<typeof NodePgTransaction>[0]
  schema: ConstructorParameters<typeof NodePgTransaction>[2]
  options: ConstructorParameters<typeof NodePgSession>[3]
}

const openTransaction = (db: PostgresAdapter, client: PoolClient): Session['db'] => {
  const { dialect, options, schema } = (db.drizzle as unknown as { session: Parts }).session
  const session = new NodePgSession(client, dialect, schema, options)
  return new NodePgTransaction(dialect, session, schema)
}

const commit = async (client: PoolClient, wake: () => void): Promise<void> => {
  try {
    await sendCommit(client)
    release(client, false)
    wake()
  } catch (error) {
    const isKnown = isRefusal(error)
    release(client, !isKnown)
    if (isKnown) throw error
    wake()
    throw new DomainError('request.outcome-unknown', UNKNOWN)
  }
}

const sendCommit = async (client: PoolClient): Promise<void> => {
  const state = { isOnStandby: true }
  const read = ({ routine }: NoticeMessage) => {
    if (routine === STANDBY_WAIT) state.isOnStandby = false
  }
  client.on('notice', read)
  try {
    const { command } = await client.query('commit')
    // PostgreSQL answers the COMMIT of a transaction with a failed statement by a ROLLBACK.
    if (command !== 'COMMIT') throw new DomainError('request.failed-statement', NOT_STORED)
  } finally {
    client.off('notice', read)
  }
  if (!state.isOnStandby) throw new Error('The commit is not on the synchronous standby.')
}

type NoticeMessage = { routine?: string | undefined }

/**
 * The function of PostgreSQL that warns when the wait for a synchronous standby was cancelled. The
 * commit is on the primary then, and lost if the standby takes over now.
 */
const STANDBY_WAIT = 'SyncRepWaitForLSN'

const NOT_STORED = 'Nothing was changed: an earlier statement had failed.'
const UNKNOWN =
  'The connection to the database was lost during the commit. Look the change up by its reference before you send it again.'

/** PostgreSQL sends `ERROR` when the transaction is rolled back, `FATAL` when the session ends. */
const isRefusal = (error: unknown): boolean =>
  error instanceof DomainError || (error as { severity?: unknown }).severity === 'ERROR'

const rollback = async (client: PoolClient): Promise<void> => {
  try {
    await client.query('rollback')
    release(client, false)
  } catch {
    // The end of the session rolls back as well.
    release(client, true)
  }
}

const ignore = (): void => undefined

/** Returns a connection to the pool; a broken one is closed. */
const release = (client: PoolClient, isBroken: boolean): void => {
  client.off('error', ignore)
  client.release(isBroken)
}
