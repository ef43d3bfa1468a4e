import { randomUUID } from 'node:crypto'

import type { PostgresAdapter } from '@payloadcms/db-postgres'
import { Router } from 'express'

import { type DatabaseProxy, startDatabaseProxy } from '../../../test/support/databaseProxy.ts'
import { createMachine, createUser, PASSWORD, signIn } from '../../../test/support/factories.ts'
import { startEdge } from '../../../test/support/startEdge.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import type { User } from '../../payload-types.ts'
import { clickOutRoute } from '../edge/clickOutRoute.ts'
import { healthRoutes } from '../edge/healthRoutes.ts'
import { postbacks } from '../edge/postbacks.ts'
import { requestId } from '../edge/requestId.ts'
import { apiRoutes } from './apiRoutes.ts'

let product: Product
let proxy: DatabaseProxy
let edge: Awaited<ReturnType<typeof startEdge>>
let member: User
let session: string
let machine: string
beforeAll(async () => {
  product = await startProduct({
    connectBy: async (databaseUrl) => {
      proxy = await startDatabaseProxy({ databaseUrl })
      return proxy.url
    },
  })
  const { payload } = product
  const { default: config } = await import('../../../payload.config.ts')
  edge = await startEdge(
    requestId,
    healthRoutes({ payload, token: undefined }),
    postbacks({ payload }),
    clickOutRoute({ payload, frontendUrl: undefined, rateLimitFactor: null }),
    Router().use('/api', apiRoutes({ payload, config, hasPlayground: false })),
  )
  member = await createUser(payload)
  session = await signIn(payload, member)
  machine = await createMachine(payload, ['payments:write'])
  await send('POST', '/api/graphql', { authorization: session, body: { query: '{ __typename }' } })
})
afterAll(async () => {
  proxy.open()
  await edge.close()
  await product.close()
  await proxy.stop()
})

type Sent = { authorization?: string; body?: unknown; headers?: Record<string, string> }

const send = async (method: string, path: string, { authorization, body, headers }: Sent = {}) => {
  const response = await fetch(edge.url + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(authorization ? { Authorization: authorization } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: (text ? JSON.parse(text) : {}) as {
      errors?: { code?: string; extensions?: { code: string } }[]
    },
  }
}
const TRY_AGAIN = {
  status: 503,
  retryAfter: expect.stringMatching(/^\d+$/),
  body: { errors: [expect.objectContaining({ code: 'request.try-again' })] },
}
const payment = () => ({
  reference: randomUUID(),
  user: member.id,
  amountMinor: 10_000,
  currency: 'INR',
})

const REQUESTS: [string, string, string, () => Sent][] = [
  [
    'a payment with a valid key',
    'POST',
    '/api/payments',
    () => ({ authorization: machine, body: payment() }),
  ],
  [
    'a payment with a valid key and an Idempotency-Key',
    'POST',
    '/api/payments',
    () => ({
      authorization: machine,
      body: payment(),
      headers: { 'Idempotency-Key': randomUUID() },
    }),
  ],
  ['a list with a valid key', 'GET', '/api/payments', () => ({ authorization: machine })],
  ['a list of a member', 'GET', '/api/payments', () => ({ authorization: session })],
  ['a route of ours', 'GET', '/api/billing/wallet/balance', () => ({ authorization: session })],
  ['the question who is signed in', 'GET', '/api/users/me', () => ({ authorization: session })],
  ['a new session', 'POST', '/api/users/refresh-token', () => ({ authorization: session })],
  ['signing out', 'POST', '/api/users/logout', () => ({ authorization: session })],
  [
    'signing in',
    'POST',
    '/api/users/login',
    () => ({ body: { email: member.email, password: PASSWORD } }),
  ],
  [
    'a registration',
    'POST',
    '/api/users',
    () => ({ body: { email: `${randomUUID()}@example.test`, password: PASSWORD } }),
  ],
  [
    'a forgotten password',
    'POST',
    '/api/users/forgot-password',
    () => ({ body: { email: member.email } }),
  ],
  ['a postback', 'GET', `/postbacks/${randomUUID()}/a-secret?order=1`, () => ({})],
  ['a click', 'GET', '/out/some-merchant', () => ({})],
]

describe.each([
  [
    'when the database is away',
    () => {
      proxy.close()
    },
    () => {
      proxy.open()
    },
  ],
  ['when the database takes no writes', () => setReadOnly('on'), () => setReadOnly('off')],
  ['when the pool is exhausted', exhaustPool, () => freePool()],
])('%s', (state, begin, end) => {
  beforeAll(begin)
  afterAll(end)
  const writes = /payment with|signing in|registration|forgotten/
  const isRead = state.includes('no writes')
  const requests = isRead ? REQUESTS.filter(([name]) => writes.test(name)) : REQUESTS

  it.each(requests)('%s is answered 503 with Retry-After', async (_name, method, path, sent) => {
    expect(await send(method, path, sent())).toMatchObject(TRY_AGAIN)
  })

  it('a mutation over GraphQL is answered by request.try-again', async () => {
    const { amountMinor, currency, reference, user } = payment()
    const query = `mutation { createPayment(data: { reference: "${reference}", user: "${user}",
      amountMinor: ${amountMinor}, currency: "${currency}", status: pending }) { id } }`
    const { body } = await send('POST', '/api/graphql', { authorization: machine, body: { query } })
    expect(body.errors?.[0]?.extensions?.code).toBe('request.try-again')
  })

  it('the process is live and not ready', async () => {
    expect((await send('GET', '/health/live')).status).toBe(200)
    expect((await send('GET', '/health/ready')).status).toBe(503)
  })
})

it('when the database is back, the same requests succeed', async () => {
  expect((await send('GET', '/health/ready')).status).toBe(200)
  const sent = { authorization: machine, body: payment() }
  expect((await send('POST', '/api/payments', sent)).status).toBe(201)
  expect((await send('GET', '/api/payments', { authorization: session })).status).toBe(200)
})

/** As a standby: `default_transaction_read_only` makes every transaction of new sessions refuse. */
async function setReadOnly(value: 'off' | 'on'): Promise<void> {
  const name = new URL(product.databaseUrl).pathname.slice(1)
  const { pool } = product.payload.db as unknown as PostgresAdapter
  const client = await pool.connect()
  await client.query('set default_transaction_read_only = off')
  await client.query(`alter database ${name} set default_transaction_read_only = ${value}`)
  client.release(true)
  proxy.close() // new sessions read the setting
  proxy.open()
}

const taken: { release: () => void }[] = []
/** Takes every connection of the pool, as slow requests would, and lets others wait 0.2 s. */
async function exhaustPool(): Promise<void> {
  const { pool } = product.payload.db as unknown as PostgresAdapter
  pool.options.connectionTimeoutMillis = 200
  for (let n = 0; n < (pool.options.max ?? 0); n += 1) taken.push(await pool.connect())
}
const freePool = (): void => {
  for (const client of taken.splice(0)) client.release()
}
