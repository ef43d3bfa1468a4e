import { getPayload, type Payload } from 'payload'
import { Client } from 'pg'

import { provideEnv } from '../../src/config/env.ts'
import { closePayload } from '../../src/database/pool.ts'
import type { Postgres } from '../../src/server/postgres/startPostgres.ts'
import { type BuiltWeb, startBuiltWeb } from './startBuiltWeb.ts'

export type BuiltProduct = {
  web: BuiltWeb
  /** The same product in this process, to write and read data. */
  payload: Payload
  query: <Row>(text: string, values?: unknown[]) => Promise<Row[]>
  stop: () => Promise<void>
}

/**
 * Starts the built product as a process of its own, and the product in this process, on one
 * database. Only once a process.
 */
export const startBuiltProduct = async (
  postgres: Postgres,
  env: Record<string, string> = {},
): Promise<BuiltProduct> => {
  const web = await startBuiltWeb(postgres, env)
  provideEnv({ DATABASE_URL: web.databaseUrl, PAYLOAD_SECRET: web.secret })
  const { default: config } = await import('../../payload.config.ts')
  const payload = await getPayload({ config })
  const client = new Client({ connectionString: web.databaseUrl })
  await client.connect()
  return {
    web,
    payload,
    query: async <Row>(text: string, values: unknown[] = []) =>
      (await client.query(text, values)).rows as Row[],
    stop: async () => {
      await web.stop()
      await client.end()
      await closePayload(payload)
    },
  }
}
