import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import express from 'express'
import { Client } from 'pg'

import { inheritedEnv } from '../../config/env.ts'
import { createUser, signIn } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { openMetrics } from '../openMetrics.ts'
import { startWorkerHttp } from '../workerHttp.ts'
import { healthRoutes } from './healthRoutes.ts'
import { metricsRoute } from './metricsRoute.ts'
import { timeRequests } from './timeRequests.ts'

const TOKEN = 'a-token-for-monitors-alone'
const BEARER = `Bearer ${TOKEN}`

let product: Product
let server: Server
beforeAll(async () => {
  product = await startProduct()
  const { payload } = product
  const metrics = openMetrics(payload)
  const app = express()
  app.use(timeRequests(metrics.registry))
  app.use(healthRoutes({ payload, token: TOKEN }), metricsRoute({ metrics, token: TOKEN }))
  server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  server.close()
  await product.close()
})
beforeEach(() => product.sql('delete from notifications; delete from workers'))

const get = async (path: string, authorization = BEARER) => {
  const { port } = server.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization } })
  const text = await answer.text()
  const isJson = answer.headers.get('content-type')?.includes('json')
  return { status: answer.status, text, body: (isJson ? JSON.parse(text) : {}) as unknown }
}
const insertNotification = (lane: string, age: number) =>
  product.sql(`
    insert into notifications (id, dedupe_key, lane, status, channel, template, category, locale, "to",
      data, attempt_count, next_attempt_at, created_at, updated_at)
    values (time_ordered_uuid(), gen_random_uuid()::text, '${lane}', 'pending', 'sms', 'otp', 'security', 'en',
      '+919845066601', '{}', 0, now() - interval '${age} s', now() - interval '${age} s', now())`)
const insertWorker = () =>
  product.sql(`insert into workers (id, host, pid, kinds, started_at, seen_at, created_at, updated_at)
    values (gen_random_uuid(), 'a1', 7, 'notifications', now(), now(), now(), now())`)

describe('/api/v1/health', () => {
  it('gives details to admins and holders of the token, and refuses all others', async () => {
    const { payload } = product
    const admin = await signIn(payload, await createUser(payload, { role: 'admin' }))
    const member = await signIn(payload, await createUser(payload))
    await insertWorker() // sends their welcome messages
    for (const path of ['/api/v1/health', '/api/v1/health/queue', '/api/v1/health/database']) {
      expect((await get(path)).status).toBe(200)
      expect((await get(path, admin)).status).toBe(200)
      expect((await get(path, member)).status).toBe(403)
      expect((await get(path, 'Bearer of-something-else-entirely')).status).toBe(401)
    }
  })

  it('is 503 while rows wait without a worker, and 200 with one', async () => {
    await insertNotification('bulk', 5)
    expect(await get('/api/v1/health/queue')).toMatchObject({
      status: 503,
      body: { status: 'unavailable', problems: ['no-worker'], pending: 1 },
    })
    expect((await get('/api/v1/health')).status).toBe(503)
    await insertWorker()
    expect((await get('/api/v1/health')).status).toBe(200)
    expect(await get('/api/v1/health/database')).toMatchObject({ body: { status: 'ok' } })
  })

  it('is 503 while a code waits for more than a minute', async () => {
    await insertWorker()
    await insertNotification('otp', 75)
    expect(await get('/api/v1/health/queue')).toMatchObject({
      status: 503,
      body: { problems: ['codes-are-late'], oldestCodeSeconds: expect.any(Number) },
    })
  })
})

describe('/metrics', () => {
  it('counts the queue, workers and requests, for holders of the token only', async () => {
    await insertNotification('money', 30)
    expect((await get('/metrics', 'Bearer another-token-altogether')).status).toBe(401)
    const { status, text } = await get('/metrics')
    expect(status).toBe(200)
    expect(text).toMatch(
      /tributary_queue_messages\{lane="money",channel="sms",state="pending"\} 1\n/,
    )
    expect(text).toMatch(/tributary_queue_oldest_seconds\{lane="money",channel="sms"\} 3\d\n/)
    expect(text).toMatch(/tributary_workers_alive 0\n/)
    expect(text).toMatch(/tributary_http_request_seconds_count\{method="GET",status="401"\} \d/)
    expect(text).toContain('process_cpu_seconds_total')
  })
})

describe('a worker’s own server', () => {
  const start = (mode: 'demo' | 'production', port: number, state = { isWorking: true }) =>
    startWorkerHttp({
      env: { HOST: '127.0.0.1', METRICS_TOKEN: TOKEN, TRIBUTARY_MODE: mode, WORKER_PORT: port },
      isWorking: () => state.isWorking,
      metrics: openMetrics(product.payload),
      payload: product.payload,
    })
  const statusOf = async (port: number, path: string, authorization = '') =>
    (await fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization } })).status

  it('is live at once, ready while it works, and shows metrics to holders of the token', async () => {
    const state = { isWorking: false }
    const { close, port } = await start('demo', 0, state)
    expect(await statusOf(port, '/health/live')).toBe(200)
    expect(await statusOf(port, '/health/ready')).toBe(503)
    state.isWorking = true
    expect(await statusOf(port, '/health/ready')).toBe(200)
    expect(await statusOf(port, '/metrics')).toBe(401)
    expect(await statusOf(port, '/metrics', BEARER)).toBe(200)
    await close()
  })

  it('takes the next port when its own is taken, but not in production', async () => {
    const first = await start('demo', 0)
    const second = await start('demo', first.port)
    expect(second.port).toBeGreaterThan(first.port)
    await expect(start('production', first.port)).rejects.toThrow('EADDRINUSE')
    await first.close()
    await second.close()
  })
})

describe('without a database', () => {
  it('the process is live, is not ready, and names the problem', async () => {
    const name = product.databaseUrl.split('/').at(-1) ?? ''
    const client = new Client({ connectionString: inheritedEnv().TEST_SERVER_URL })
    await client.connect()
    await client.query(`alter database ${name} allow_connections false`)
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`,
      [name],
    )
    expect((await get('/health/live')).status).toBe(200)
    expect((await get('/health/ready')).status).toBe(503)
    expect(await get('/api/v1/health')).toMatchObject({
      status: 503,
      body: { status: 'unavailable', queue: null },
    })
    expect(await get('/api/v1/health/queue')).toMatchObject({
      status: 503,
      body: { problems: ['no-database'] },
    })
    expect((await get('/metrics')).text).toMatch(/tributary_database_up 0\n/)
    await client.query(`alter database ${name} allow_connections true`)
    await client.end()
    expect((await get('/health/ready')).status).toBe(200)
  })
})
