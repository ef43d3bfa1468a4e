import { randomUUID } from 'node:crypto'

import { Client } from 'pg'

import { freePort } from '../../../src/server/postgres/freePort.ts'
import type { Postgres } from '../../../src/server/postgres/startPostgres.ts'
import { spawnWorker } from '../../../src/server/processes/spawnWorker.ts'
import { TEMPLATE } from '../../support/startTestServer.ts'
import type { Testbed } from '../stories/startTestbed.ts'

/**
 * A copy of members, networks and clicks in another database, with a worker that is not disturbed.
 */
export type Baseline = { client: Client; stop: () => Promise<void> }

/** In this order, because each table refers to the tables before it. */
const COPIED = ['users', 'networks', 'merchants', 'merchants_programs', 'clicks']

/** Copies members, networks and clicks to a new database and starts a worker on it. */
export const runBaseline = async (
  postgres: Postgres,
  { product }: Testbed,
  settings: Record<string, string>,
): Promise<Baseline> => {
  const name = `t_${randomUUID().replaceAll('-', '')}`
  const owner = await connect(postgres.url('postgres'))
  await owner.query(`create database ${name} template ${TEMPLATE}`)
  await owner.end()

  const client = await connect(postgres.url(name))
  for (const table of COPIED) {
    const [row] = await product.query<{ rows: string }>(
      `select coalesce(jsonb_agg(to_jsonb(t)), '[]')::text as rows from ${table} t`,
    )
    await client.query(
      `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1)`,
      [row?.rows],
    )
  }
  const worker = spawnWorker(await freePort(), {
    ...settings,
    DATABASE_URL: postgres.url(name),
    PAYLOAD_SECRET: product.web.secret,
    DATABASE_POOL_MAX: '16',
  })
  await worker.untilReady()
  return {
    client,
    stop: async () => {
      await worker.stop()
      await client.end()
    },
  }
}

export const connect = async (connectionString: string): Promise<Client> => {
  const client = new Client({ connectionString })
  await client.connect()
  return client
}
