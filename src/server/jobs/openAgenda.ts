import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'

import { PostgresBackend, type PostgresJobRepository } from '@agendajs/postgres-backend'
import { Agenda } from 'agenda'

import { isDatabaseAway } from '../../database/isDatabaseAway.ts'

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
 *
 * Without Agenda's notifications: our jobs run by schedule, and Agenda polls. Each state of a job
 * would be a NOTIFY, whose lock makes commits wait (`wakeWorkers`), and a connection that cannot
 * LISTEN, as on a standby, is never returned to the pool.
 */
const postgresBackend = (databaseUrl: string, onError: Options['onError']): PostgresBackend => {
  const backend = new PostgresBackend({
    poolConfig: {
      connectionString: withSchema(databaseUrl),
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    },
    ensureSchema: false,
    disableNotifications: true,
  })
  const repository = backend.repository as unknown as Repository
  repository.getPool().on('error', onError)
  repository.getPool().on('connect', (client) => client.on('error', onError))
  const save = repository.saveJobState.bind(repository)
  repository.saveJobState = (...args) => retryWhileAway(() => save(...args))
  const unlock = repository.unlockJob.bind(repository)
  // Agenda does not await it. A lock that stays ends with its lifetime.
  repository.unlockJob = (job) => retryWhileAway(() => unlock(job)).catch(onError)
  return backend
}

type Repository = Pick<PostgresJobRepository, 'getPool' | 'saveJobState' | 'unlockJob'>

const AGAIN_MS = 500
const GIVE_UP_MS = 60_000

/**
 * Agenda ignores an error of saving how a run ended. The job would stay locked for its lifetime,
 * ten minutes, after each loss of the database.
 */
const retryWhileAway = async <Result>(write: () => Promise<Result>): Promise<Result> => {
  const giveUp = Date.now() + GIVE_UP_MS
  for (;;) {
    try {
      return await write()
    } catch (error) {
      if (!isDatabaseAway(error) || Date.now() > giveUp) throw error
      await wait(AGAIN_MS)
    }
  }
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
