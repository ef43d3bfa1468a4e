import { randomUUID } from 'node:crypto'

import { provideEnv } from '../../src/config/env.ts'
import { loadNetwork } from '../../src/cashback/ingestion/networkStore.ts'
import { networksOptions } from '../../src/cashback/ingestion/sync/networksOptions.ts'
import { openNetwork } from '../../src/cashback/ingestion/sync/openNetwork.ts'
import { readDb } from '../../src/database/readDb.ts'
import { createUser, signIn } from '../../test/support/factories.ts'
import { startNetwork } from '../../test/support/networks/startNetwork.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

const ENVIRONMENT = 'https://gateway.example/vcommission'
const KEY = { VCOMMISSION_API_KEY: 'of-the-row' }

let product: Product
let authorization = ''
let thief: Awaited<ReturnType<typeof startNetwork>>
beforeAll(async () => {
  thief = await startNetwork(() => ({ json: {} }))
  provideEnv({ VCOMMISSION_API_KEY: 'of-the-environment', VCOMMISSION_BASE_URL: ENVIRONMENT })
  product = await startProduct()
  authorization = await signIn(
    product.payload,
    await createUser(product.payload, { role: 'admin' }),
  )
})
afterAll(async () => {
  await product.close()
  await thief.close()
})

type Answer = { doc?: { id: string }; errors?: { code: string; field?: string }[] }

const create = (body: object) =>
  product.rest<Answer>('POST', '/api/networks', {
    authorization,
    body: { name: randomUUID(), adapter: 'vcommission', ...body },
  })

const change = async (created: object, body: object) => {
  const { doc } = (await create(created)).body
  const id = doc?.id ?? ''
  const { body: answer, status } = await product.rest<Answer>('PATCH', `/api/networks/${id}`, {
    authorization,
    body,
  })
  const [{ code, field } = {}] = answer.errors ?? []
  return { id, status, code, field }
}

/** Reads the network's report once, with a short wait between tries. */
const readReport = async (id: string) => {
  const { payload } = product
  const network = openNetwork(payload, await loadNetwork(await readDb(product), id))
  const window = { from: new Date('2026-10-01'), to: new Date('2026-10-02'), by: 'event' as const }
  const { signal } = new AbortController()
  return network
    .listTransactions(window, { signal })
    .next()
    .catch((error: unknown) => error)
}

const at = (baseUrl: string) => ({ settings: { baseUrl } })
const NEEDED = { status: 400, code: 'network.credentials-needed', field: 'credentials' }

describe('a changed base URL', () => {
  it.each([
    ['another host', 'https://evil.example'],
    ['another port', 'https://a.example:8443'],
    ['another scheme', 'http://a.example'],
    ['another path', 'https://a.example/tenant'],
    ['the environment’s host', ENVIRONMENT],
  ])('of %s is refused without the credentials, and nothing is stored', async (_case, url) => {
    const result = await change({ ...at('https://a.example'), credentials: KEY }, at(url))
    expect(result).toMatchObject(NEEDED)
    const [row] = await product.sql<{ url: string }>(
      `select settings ->> 'baseUrl' as url from networks where id = '${result.id}'`,
    )
    expect(row?.url).toBe('https://a.example')
  })

  it('that is taken out is refused without the credentials', async () => {
    const created = { ...at('https://a.example'), credentials: KEY }
    expect(await change(created, { settings: {} })).toMatchObject(NEEDED)
  })

  it('is refused with credentials that are incomplete, or copied in their encrypted form', async () => {
    const created = { ...at('https://a.example'), credentials: KEY }
    const url = at('https://b.example')
    expect(await change(created, { ...url, credentials: {} })).toMatchObject(NEEDED)
    expect(await change(created, { ...url, credentials: { encrypted: 'v1.a.b.c' } })).toMatchObject(
      { status: 400, field: 'credentials' },
    )
  })

  it('is stored with new credentials', async () => {
    const created = { ...at('https://a.example'), credentials: KEY }
    expect(await change(created, { ...at('https://b.example'), credentials: KEY })).toMatchObject({
      status: 200,
    })
  })

  it('is not one with a slash at its end or another spelling', async () => {
    const created = { ...at('https://a.example/x'), credentials: KEY }
    expect(await change(created, at('HTTPS://A.example:443/x/'))).toMatchObject({ status: 200 })
    expect(await change(created, { isOn: false })).toMatchObject({ status: 200 })
  })

  it('in the table alone makes the credentials unreadable', async () => {
    const { doc } = (await create({ ...at('https://a.example'), credentials: KEY })).body
    await product.sql(
      `update networks set settings = '{"baseUrl": "${thief.url}"}' where id = '${doc?.id ?? ''}'`,
    )
    await expect(readReport(doc?.id ?? '')).rejects.toMatchObject({
      code: 'network.unreadable-credentials',
    })
    expect(thief.received).toEqual([])
  })
})

describe('credentials of the environment', () => {
  it('are not for a base URL on another host, which needs its own', async () => {
    expect((await create(at('https://evil.example'))).body.errors).toMatchObject([
      { code: 'network.credentials-needed', field: 'credentials' },
    ])
    expect(await change({}, at('https://evil.example'))).toMatchObject(NEEDED)
    expect(await change({}, at(`${ENVIRONMENT}/v2`))).toMatchObject({ status: 200 })
  })

  it('are not sent to another host that the table names', async () => {
    const { doc } = (await create({})).body
    await product.sql(
      `update networks set settings = '{"baseUrl": "${thief.url}"}' where id = '${doc?.id ?? ''}'`,
    )
    expect(await readReport(doc?.id ?? '')).toMatchObject({
      code: 'network.unauthorized',
      message: 'not configured: VCOMMISSION_API_KEY',
    })
    expect(thief.received).toEqual([])
  })
})

describe('in production', () => {
  const inProduction = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    const options = networksOptions(product.payload)
    const { env } = options
    options.env = { ...env, TRIBUTARY_MODE: 'production', PRIVATE_HOSTS: ['gateway.internal'] }
    try {
      return await work()
    } finally {
      options.env = env
    }
  }

  it.each([
    'http://a.example',
    'https://127.0.0.1',
    'https://2130706433',
    'https://[::ffff:169.254.169.254]',
    'https://localhost:5432',
    'https://user@a.example',
  ])('the base URL %s is refused', async (url) => {
    const body = { ...at(url), credentials: KEY }
    const answer = await inProduction(() => create(body))
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ code: 'network.host-refused', field: 'settings' }] },
    })
  })

  it('a private host is stored if PRIVATE_HOSTS names it', async () => {
    const body = { ...at('http://gateway.internal'), credentials: KEY }
    expect((await inProduction(() => create(body))).status).toBe(201)
  })

  it('a run sends nothing to an address of this machine, whatever the table names', async () => {
    const { doc } = (await create({ ...at(thief.url), credentials: KEY })).body
    const error = await inProduction(() => readReport(doc?.id ?? ''))
    expect(error).toMatchObject({ code: 'network.refused', isRetryable: false })
    expect(thief.received).toEqual([])
  })
})
