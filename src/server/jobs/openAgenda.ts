import { hostname } from 'node:os'

import { PostgresBackend } from '@agendajs/postgres-backend'
import { Agenda } from 'agenda'

/** Agenda's rows have a schema of their own, apart from the product's tables. */
const SCHEMA = 'jobs'

type Options = {
  databaseUrl: string
  /** `mongodb://…` to keep schedules there instead. */
  jobsDatabaseUrl?: string | undefined
}

/**
 * Agenda on its PostgreSQL backend, in the table that our migration made, or on MongoDB. One-off
 * jobs are removed once they are done.
 */
export const openAgenda = async ({ databaseUrl, jobsDatabaseUrl }: Options): Promise<Agenda> => {
  const backend = jobsDatabaseUrl?.startsWith('mongodb')
    ? await mongoBackend(jobsDatabaseUrl)
    : new PostgresBackend({
        connectionString: withSchema(jobsDatabaseUrl ?? databaseUrl),
        ensureSchema: false,
      })
  return new Agenda({
    backend,
    name: `${hostname()}:${process.pid}`,
    processEvery: '2 seconds',
    maxConcurrency: 50,
    removeOnComplete: true,
  })
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
