import { randomUUID } from 'node:crypto'

import { Client } from 'pg'

import { freePort } from '../../server/postgres/freePort.ts'
import type { Postgres } from '../../server/postgres/startPostgres.ts'
import { spawnWorker } from '../../server/spawnWorker.ts'
import { TEMPLATE } from '../../testing/startTestServer.ts'
import type { Cast } from '../stories/startCast.ts'

/** The same people, networks and clicks in another database, with a worker that nobody disturbs. */
export type Twin = { client: Client; stop: () => Promise<void> }

/** In this order, since each refers to those before. */
const COPIED = ['users', 'networks', 'merchants', 'merchants_programs', 'clicks']

export const calmTwin = async (
  postgres: Postgres,
  { product }: Cast,
  settings: Record<string, string>,
): Promise<Twin> => {
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
