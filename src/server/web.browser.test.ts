import { createServer, type Server } from 'node:http'

import type { Browser } from 'playwright-core'

import { inheritedEnv } from '../config/env.ts'
import { openBrowser, openWindow } from '../../test/support/browser/openBrowser.ts'

const env = inheritedEnv()
const baseUrl = env.BROWSER_URL ?? ''
const password = env.BROWSER_PASSWORD ?? ''
const machine = { Authorization: `service-accounts API-Key ${env.BROWSER_API_KEY ?? ''}` }

type Json = Record<string, unknown>
const call = async (
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) => {
  const response = await fetch(`${baseUrl}${path}`, {
    method,
    redirect: 'manual',
    headers: { ...(body ? { 'Content-Type': 'application/json' } : {}), ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') === true
  return {
    status: response.status,
    headers: response.headers,
    body: (isJson ? JSON.parse(text) : {}) as Json,
  }
}
const signIn = async (email: string) => {
  const { body } = await call('POST', '/api/users/login', { email, password })
  return { Authorization: `JWT ${String(body.token)}` }
}

describe('the built server', () => {
  it('answers a browser that requests an icon before it has read the page', async () => {
    expect((await call('GET', '/favicon.ico')).status).toBe(204)
  })

  it('answers affiliate routes directly, with and without the slash', async () => {
    const member = await signIn('ananya.iyer@example.in')
    for (const slash of ['', '/']) {
      expect(
        (await call('GET', `/api/billing/affiliate/stats${slash}`, undefined, member)).status,
      ).toBe(200)
      expect(
        (await call('POST', `/api/billing/affiliate/toggle${slash}`, { active: true }, member))
          .body,
      ).toEqual({ affiliateActive: true })
    }
  })

  it('shows strangers that it is up, and only admins the details', async () => {
    for (const path of ['/health', '/health/live', '/health/ready']) {
      expect(await call('GET', path)).toMatchObject({ status: 200, body: { status: 'ok' } })
    }
    expect((await call('GET', '/api/v1/health')).status).toBe(401)
    expect(
      (await call('GET', '/api/v1/health', undefined, await signIn('ananya.iyer@example.in')))
        .status,
    ).toBe(403)
    const admin = await signIn('admin@example.in')
    const details = await call('GET', '/api/v1/health', undefined, admin)
    expect(details.body).toMatchObject({
      database: { ok: true },
      queue: { workersAlive: expect.any(Number) },
    })
    // Which of the two depends on whether another file left a message and no worker.
    const { ok } = details.body.queue as { ok: boolean }
    expect([details.status, details.body.status]).toEqual(ok ? [200, 'ok'] : [503, 'unavailable'])
  })

  it('redirects an invite link to the sign-up page, and keeps its code in a cookie', async () => {
    const { headers, status } = await call('GET', '/r/abc2345xyz')
    expect(status).toBe(302)
    expect(headers.get('location')).toMatch(/\/signup\?ref=ABC2345XYZ$/)
    expect(headers.get('set-cookie')).toMatch(
      /^tributary-ref=ABC2345XYZ; Max-Age=2592000;.*HttpOnly; SameSite=Lax/,
    )
  })

  it('gives every response a request id of its own, whatever the client sends', async () => {
    expect((await call('GET', '/health')).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    const given = await call('GET', '/health', undefined, { 'X-Request-Id': 'proxy-12345' })
    expect(given.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('keeps serving after a query that makes Payload leave a rejected promise', async () => {
    const member = await signIn('ananya.iyer@example.in')
    for (const path of [
      '/api/payments?where[user.referredBy.phone][like]=9',
      '/api/wallet-transactions?where[payment.user.phone][like]=9',
    ]) {
      expect([400, 403]).toContain((await call('GET', path, undefined, member)).status)
    }
    expect((await call('GET', '/health/ready')).status).toBe(200)
  })

  it('does not name its software, and cannot be framed by other sites', async () => {
    const { headers } = await call('GET', '/admin/login')
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('content-security-policy')).toContain(`frame-ancestors 'self'`)
  })
})

describe('a front end on an origin of its own', () => {
  const servers: Server[] = []
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
    for (const port of [env.BROWSER_PORT_LISTED, env.BROWSER_PORT_UNLISTED]) {
      const server = createServer((_request, response) => {
        response.setHeader('Content-Type', 'text/html')
        response.end('<!doctype html><title>front end</title>')
      })
      await new Promise<void>((resolve) => server.listen(Number(port), resolve))
      servers.push(server)
    }
  })
  afterAll(async () => {
    await browser.close()
    for (const server of servers) server.close()
  })

  const open = async (port: string | undefined) => {
    const { page } = await openWindow(browser, { baseUrl: `http://localhost:${port ?? ''}` })
    await page.goto('/')
    return (method: string, path: string, body?: Json) =>
      page.evaluate(
        async ([url, sent, data]) => {
          const response = await fetch(url, {
            method: sent,
            credentials: 'include',
            headers: { 'Content-Type': 'application/json' },
            ...(data ? { body: JSON.stringify(data) } : {}),
          })
          return { status: response.status, body: (await response.json()) as unknown }
        },
        [`${baseUrl}${path}`, method, body ?? null] as const,
      ) as Promise<{ status: number; body: Json }>
  }

  it('registers a member, signs in and reads stats, by REST and GraphQL', async () => {
    const send = await open(env.BROWSER_PORT_LISTED)
    const email = 'own.page@example.in'
    expect((await send('POST', '/api/users', { email, password, name: 'Own Page' })).status).toBe(
      201,
    )
    expect((await send('POST', '/api/users/login', { email, password })).status).toBe(200)
    const stats = await send('GET', '/api/billing/affiliate/stats')
    expect(stats).toMatchObject({ status: 200, body: { affiliateActive: false, earnings: [] } })
    const query = '{ meUser { user { email inviteCode affiliateActive } } Wallets { totalDocs } }'
    const graphql = await send('POST', '/api/graphql', { query })
    expect(graphql.body).toMatchObject({
      data: {
        meUser: { user: { email, inviteCode: stats.body.inviteCode } },
        Wallets: { totalDocs: 0 },
      },
    })
  })

  it('is refused if it is not listed', async () => {
    const send = await open(env.BROWSER_PORT_UNLISTED)
    await expect(send('GET', '/api/billing/affiliate/stats')).rejects.toThrow(/fetch/i)
    await expect(
      send('POST', '/api/users/login', { email: 'x@example.in', password }),
    ).rejects.toThrow(/fetch/i)
  })
})

it('a changed percentage appears in the explanation of the next payment', async () => {
  const admin = await signIn('admin@example.in')
  const changed = await call('POST', '/api/globals/affiliation-config', { rateBps: 850 }, admin)
  expect(changed.status).toBe(200)
  const users = await call(
    'GET',
    '/api/users?where[email][equals]=rohan.deshmukh@example.in',
    undefined,
    admin,
  )
  const [payer] = users.body.docs as { id: string }[]
  const paid = await call(
    'POST',
    '/api/payments',
    {
      reference: 'CHANGED-1',
      user: payer?.id,
      amountMinor: 100_000,
      currency: 'INR',
      status: 'completed',
    },
    machine,
  )
  expect(paid.status).toBe(201)
  const { id } = paid.body.doc as { id: string }
  const referrer = await signIn('ananya.iyer@example.in')
  const explained = await call('GET', `/api/payments/${id}/explain`, undefined, referrer)
  expect(explained.body).toMatchObject({
    status: 'awarded',
    amountMinor: 8_500,
    words: 'You were paid ₹85.00: 8.50 % of a payment of ₹1,000.00.',
  })
})
