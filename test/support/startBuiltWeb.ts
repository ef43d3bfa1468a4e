import { randomBytes, randomUUID } from 'node:crypto'

import { Client } from 'pg'

import { freePort } from '../../src/server/postgres/freePort.ts'
import type { Postgres } from '../../src/server/postgres/startPostgres.ts'
import { type SpawnedWeb, spawnWeb } from '../../src/server/processes/spawnWeb.ts'
import { TEMPLATE } from './startTestServer.ts'

export type BuiltWeb = SpawnedWeb & { databaseUrl: string; secret: string }

/** Starts the built web process on a database of its own: a copy of the (migrated) template. */
export const startBuiltWeb = async (
  postgres: Postgres,
  env: Record<string, string> = {},
  template: string = TEMPLATE,
): Promise<BuiltWeb> => {
  const databaseUrl = postgres.url(await createCopy(postgres, template))
  const secret = env.PAYLOAD_SECRET ?? randomBytes(32).toString('hex')
  const web = spawnWeb(await freePort(), {
    DATABASE_URL: databaseUrl,
    PAYLOAD_SECRET: secret,
    RATE_LIMITS: 'off',
    ...env,
  })
  await web.untilReady()
  return { ...web, databaseUrl, secret }
}

/** Copies a database that has no connection open. Returns the name of the copy. */
export const createCopy = async (postgres: Postgres, template: string): Promise<string> => {
  const name = `t_${randomUUID().replaceAll('-', '')}`
  const admin = new Client({ connectionString: postgres.url('postgres') })
  await admin.connect()
  await admin.query(`create database ${name} template ${template}`)
  await admin.end()
  return name
}
