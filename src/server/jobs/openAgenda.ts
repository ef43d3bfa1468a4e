import { hostname } from 'node:os'

import { PostgresBackend, type PostgresJobRepository } from '@agendajs/postgres-backend'
import { Agenda } from 'agenda'

/** Agenda's rows have a schema of their own, apart from the product's tables. */
const SCHEMA = 'jobs'

type Options = {
  databaseUrl: string
  /** `mongodb://…` to keep schedules there instead. */
  jobsDatabaseUrl?: string | undefined
  /** Called with every error of the scheduler or its connections. None of them ends the process. */
  onError: (error: unknown) => void
}

/**
 * Agenda on its PostgreSQL backend, in the table that our migration made, or on MongoDB. One-off
 * jobs are removed once they are done.
 */
export const openAgenda = async (options: Options): Promise<Agenda> => {
  const { databaseUrl, jobsDatabaseUrl, onError } = options
  const backend = jobsDatabaseUrl?.startsWith('mongodb')
    ? await mongoBackend(jobsDatabaseUrl)
    : postgresBackend(jobsDatabaseUrl ?? databaseUrl, onError)
  const agenda = new Agenda({
    backend,
    name: `${hostname()}:${process.pid}`,
    processEvery: '2 seconds',
    maxConcurrency: 50,
    removeOnComplete: true,
  })
  agenda.on('error', onError)
  return agenda
}

/**
 * A connection that breaks, as at a restart of the database, emits an error, which would end the
 * process without a listener. The backend itself listens to none. It opens new connections.
 */
const postgresBackend = (databaseUrl: string, onError: Options['onError']): PostgresBackend => {
  const backend = new PostgresBackend({
    connectionString: withSchema(databaseUrl),
    ensureSchema: false,
  })
  const pool = (backend.repository as PostgresJobRepository).getPool()
  pool.on('error', onError)
  pool.on('connect', (client) => client.on('error', onError))
  backend.notificationChannel?.on('error', onError)
  return backend
}

const withSchema = (databaseUrl: string): string => {
  const url = new URL(databaseUrl)
  url.searchParams.set('options', `-c search_path=${SCHEMA}`)
  return url.href
}

const mongoBackend = async (address: string) => {
  const { MongoBackend } = await import('@agendajs/mongo-backend')
  return new MongoBackend({ address })
}
