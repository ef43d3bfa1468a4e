import { randomBytes, randomUUID } from 'node:crypto'

import { Client } from 'pg'

import { freePort } from '../../src/server/postgres/freePort.ts'
import type { Postgres } from '../../src/server/postgres/startPostgres.ts'
import { type SpawnedWeb, spawnWeb } from '../../src/server/processes/spawnWeb.ts'
import { TEMPLATE } from './startTestServer.ts'

export type BuiltWeb = SpawnedWeb & { databaseUrl: string; secret: string }

/** The built web process on a fresh, migrated database of a test server. */
export const startBuiltWeb = async (
  postgres: Postgres,
  env: Record<string, string> = {},
): Promise<BuiltWeb> => {
  const name = `t_${randomUUID().replaceAll('-', '')}`
  const admin = new Client({ connectionString: postgres.url('postgres') })
  await admin.connect()
  await admin.query(`create database ${name} template ${TEMPLATE}`)
  await admin.end()

  const databaseUrl = postgres.url(name)
  const secret = randomBytes(32).toString('hex')
  const web = spawnWeb(await freePort(), {
    DATABASE_URL: databaseUrl,
    PAYLOAD_SECRET: secret,
    RATE_LIMITS: 'off',
    ...env,
  })
  await web.untilReady()
  return { ...web, databaseUrl, secret }
}
