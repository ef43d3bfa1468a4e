import { pino } from 'pino'

import { provideEnv } from '../../src/config/env.ts'
import { readDb } from '../../src/database/readDb.ts'
import { dryRun } from '../../src/cashback/ingestion/sync/dryRun.ts'
import { loadNetwork } from '../../src/cashback/ingestion/networkStore.ts'
import { networksOptions } from '../../src/cashback/ingestion/sync/networksOptions.ts'
import { syncNetwork } from '../../src/cashback/ingestion/sync/syncNetwork.ts'
import {
  buildOrders,
  createSimulatedNetwork,
  CREDENTIALS,
} from '../../test/support/networks/simulatedNetwork.ts'
import { createUser, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'
import { useSimulator } from '../../test/support/useSimulator.ts'

/** The canaries in the credentials of rows, and in the environment's, which the other rows use. */
const [OF_ROWS, OF_ENV] = ['canaryofrows0000', 'canaryofenv00000']
const FAULTS = ['unauthorized', 'server-error', 'slow', 'truncated', 'redirect-other-host', null]

const simulator = useSimulator()
const logged: string[] = []
let product: Product
let tables = ''
let answers: [string, string][] = []

const withCanary = (credentials: Record<string, string>, canary: string) =>
  Object.fromEntries(
    Object.keys(credentials).map((key) => [key, key.includes('PUBLISHER') ? '42' : canary]),
  )

beforeAll(async () => {
  const all = Object.assign({}, ...Object.values(CREDENTIALS)) as Record<string, string>
  // The environment's credentials are sent to the environment's own hosts only.
  const hosts = Object.keys(CREDENTIALS).map((adapter) => [
    `${adapter.toUpperCase()}_BASE_URL`,
    `${simulator.url()}/${adapter}`,
  ])
  const baseUrls = Object.fromEntries(hosts) as Record<string, string>
  const timeout = { NETWORK_TIMEOUT_MS: '250' }
  provideEnv({ ...withCanary(all, OF_ENV), ...timeout, ...baseUrls })
  product = await startProduct()
  const { payload } = product
  payload.logger = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) })
  networksOptions(payload).wiring = { backOff: () => Promise.resolve() }
})
afterAll(() => product.close())

const syncEverywhere = async () => {
  for (const [adapter, credentials] of Object.entries(CREDENTIALS)) {
    await simulator.control('/networks', { network: adapter, perMinute: null })
    for (const own of [withCanary(credentials, OF_ROWS), null]) {
      const over = { credentials: own }
      const { clickId, name } = await createSimulatedNetwork(product, { adapter, simulator, over })
      await simulator.control('/orders', { orders: buildOrders(adapter, { clickId, count: 1 }) })
      for (const fault of FAULTS) {
        await simulator.control('/faults', undefined, 'DELETE')
        if (fault) await simulator.control('/faults', { provider: adapter, fault, seconds: 0.5 })
        const network = await loadNetwork(await readDb(product), name)
        const options = { payload: product.payload, network, signal: new AbortController().signal }
        await dryRun(options)
        const end = await syncNetwork(options)
        expect([adapter, fault, end.status]).toEqual([
          adapter,
          fault,
          fault ? 'failed' : 'completed',
        ])
      }
    }
  }
}

/** As `COPY … TO STDOUT` writes it: every column of every row. */
const everyRow = async (): Promise<string> => {
  const names = await product.sql<{ name: string }>(`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`)
  const texts: string[] = []
  for (const { name } of names) {
    const rows = await product.sql<{ row: string }>(`select t::text as row from ${name} t`)
    texts.push(name, ...rows.map(({ row }) => row))
  }
  return texts.join('\n')
}

const readEverywhere = async () => {
  const { graphql, payload, rest } = product
  const texts: [string, string][] = []
  for (const role of ['member', 'support', 'finance', 'admin'] as const) {
    const authorization = await signIn(payload, await createUser(payload, { role }))
    const seen: string[] = []
    for (const { slug } of payload.config.collections) {
      const path = `/api/${slug}?limit=500&depth=2&showHiddenFields=true`
      seen.push(JSON.stringify((await rest('GET', path, { authorization })).body))
    }
    const query = `{ Networks(limit: 500) { docs { id name settings lastProblem } }
      SyncRuns(limit: 500) { docs { id error errorCode network { id name } } }
      AuditLogs(limit: 500) { docs { id before after } } }`
    seen.push(JSON.stringify((await graphql(query, authorization)).body))
    const hidden = await graphql('{ Networks { docs { credentials tokens } } }', authorization)
    seen.push(JSON.stringify(hidden.body))
    if (role === 'admin') {
      const body = {
        name: 'by rest',
        adapter: 'vcommission',
        credentials: { VCOMMISSION_API_KEY: OF_ROWS },
      }
      const made = await rest('POST', '/api/networks', { authorization, body })
      expect(made.status).toBe(201)
      seen.push(JSON.stringify(made.body))
    }
    texts.push([role, seen.join('\n')])
  }
  return texts
}

const spellingsOf = (secret: string): string[] => {
  const bytes = Buffer.from(secret)
  const basic = Buffer.from(`${secret}:${secret}`)
  return [
    secret,
    ...[bytes, basic].flatMap((one) => [
      one.toString('hex'),
      one.toString('base64').replace(/=+$/, ''),
    ]),
  ]
}
const foundIn = (text: string): string[] =>
  [OF_ROWS, OF_ENV].flatMap(spellingsOf).filter((spelling) => text.includes(spelling))

it('credentials are in no table, no response to any role and no line of the log', async () => {
  await syncEverywhere()
  answers = await readEverywhere()
  tables = await everyRow()
  expect(foundIn(`"${OF_ENV}"`)).toEqual([OF_ENV])
  expect(tables).toContain('"encrypted"')
  expect(foundIn(tables)).toEqual([])
  for (const [role, text] of answers) expect([role, ...foundIn(text)]).toEqual([role])
  expect(answers.at(-1)?.[1]).toContain('network.unauthorized')
  expect(logged.length).toBeGreaterThan(0)
  expect(foundIn(logged.join('\n'))).toEqual([])
  // The credentials were sent: every network was requested, and refused only by its faults.
  const { total } = await simulator.control<{ total: number }>('/requests')
  expect(total).toBeGreaterThan(50)
}, 120_000)
