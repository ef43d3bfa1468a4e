import http from 'node:http'

import { useSimulator } from '../../../../test/support/useSimulator.ts'
import { NETWORK_FAULTS, type NetworkFault } from '../faults.ts'

type Listed = { total: number; rows: Record<string, unknown>[] }

const days = (start: string, end: string, from: string, to: string) =>
  `${start}=${from}&${end}=${to}`

/** For each network: the path of a page of October, and how to read the response. */
const NETWORKS = {
  admitad: {
    path: (page: number) =>
      `/admitad/statistics/actions/?limit=100&offset=${(page - 1) * 100}&` +
      days('date_start', 'date_end', '01.10.2026', '31.10.2026'),
    read: (body: never): Listed => {
      const { _meta, results } = body as { _meta: { count: number }; results: Listed['rows'] }
      return { total: _meta.count, rows: results }
    },
    id: 'action_id',
    amount: 'payment',
    limited: 503,
  },
  vcommission: {
    path: (page: number) =>
      `/vcommission/v2/publishers/conversions?limit=100&page=${page}&` +
      days('start', 'end', '2026-10-01', '2026-10-31'),
    read: (body: never): Listed => {
      const { conversions, pagination } = body as {
        conversions: Listed['rows']
        pagination: { total: number }
      }
      return { total: pagination.total, rows: conversions }
    },
    id: '_id',
    amount: 'payout',
    limited: 429,
  },
  cuelinks: {
    path: (page: number) =>
      `/cuelinks/api/v2/transactions.json?per_page=100&page=${page}&` +
      days('start_date', 'end_date', '2026-10-01', '2026-10-31'),
    read: (body: never): Listed => {
      const { total_count: total, transactions: rows } = body as {
        total_count: number
        transactions: Listed['rows']
      }
      return { total, rows }
    },
    id: 'id',
    amount: 'user_commission',
    limited: 429,
  },
}

describe.each(['admitad', 'vcommission', 'cuelinks'] as const)(
  '%s with a fault rule',
  (provider) => {
    const simulator = useSimulator()
    const { amount, id, limited, path, read } = NETWORKS[provider]
    let headers: Record<string, string>

    beforeEach(async () => {
      const grant = await simulator.post(
        '/admitad/token/',
        new URLSearchParams({ grant_type: 'client_credentials' }),
        { authorization: `Basic ${btoa('id:secret')}` },
      )
      const { access_token: token } = grant.body as { access_token: string }
      headers = { authorization: `Bearer ${token}`, 'x-api-key': 'any' }
      await simulator.control('/clock', { now: '2026-11-20T00:00:00Z', isTicking: false })
      await simulator.control('/orders/generate', {
        network: provider,
        count: 250,
        clickIds: ['c1'],
        from: '2026-10-02T00:00:00Z',
        to: '2026-10-30T00:00:00Z',
      })
    })

    const setRule = (fault: NetworkFault, rest = {}) =>
      simulator.control('/faults', { provider, fault, times: 1, ...rest })
    const request = (page = 1) => simulator.get(path(page), headers)
    const list = async (page = 1) => read((await request(page)).body as never)
    const idsOf = ({ rows }: Listed) => rows.map((row) => row[id])

    it('lists every row once without a fault rule', async () => {
      const pages = [await list(1), await list(2), await list(3)]
      expect(pages.map(({ rows }) => rows.length)).toEqual([100, 100, 50])
      expect(new Set(pages.flatMap(idsOf)).size).toBe(250)
      expect(pages.map(({ total }) => total)).toEqual([250, 250, 250])
    })

    it.each([
      ['rate-limited', null],
      ['rate-limited-with-retry-after', '7'],
      ['rate-limited-for-a-day', '86400'],
    ] as const)('refuses with a rate limit: %s, Retry-After %s', async (fault, retryAfter) => {
      await setRule(fault, { seconds: 7 })
      const reply = await request()
      expect([reply.status, reply.headers.get('retry-after')]).toEqual([limited, retryAfter])
      expect((await request()).status).toBe(200)
    })

    it('names the end of a rate limit by real time, not by its own clock', async () => {
      await setRule('rate-limited-until-date', { seconds: 90 })
      const until = Date.parse((await request()).headers.get('retry-after') ?? '')
      expect(Math.abs(until - Date.now() - 90_000)).toBeLessThan(10_000)
    })

    it('shows every kind of server error, as many times as set', async () => {
      await setRule('server-error', { times: 4 })
      const statuses: number[] = []
      while (statuses.length < 5) statuses.push((await request()).status)
      expect(new Set(statuses.slice(0, 4))).toEqual(new Set([500, 502, 503, 504]))
      expect(statuses[4]).toBe(200)
    })

    it('responds with an HTML page, with status 200 and with 502', async () => {
      await setRule('html-error-page', { times: 2 })
      const replies = [await request(), await request()]
      expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200, 502]))
      for (const { body, headers: each } of replies) {
        expect(each.get('content-type')).toBe('text/html')
        expect(body).toContain('<html>')
      }
    })

    it('refuses credentials after the set number of requests', async () => {
      await setRule('token-expired', { after: 2 })
      const statuses: number[] = []
      while (statuses.length < 3) statuses.push((await request()).status)
      expect(statuses).toEqual([200, 200, 401])
      await setRule('unauthorized')
      expect([400, 401]).toContain((await request()).status)
    })

    it.each(['reset-after-accept', 'truncated'] as const)(
      'breaks the connection on %s',
      async (fault) => {
        await setRule(fault)
        await expect(request()).rejects.toThrow()
        const { requests } = await simulator.control<{ requests: object[] }>('/requests')
        expect(requests.at(-1)).toMatchObject({ provider, fault, status: null, rows: 100 })
        expect((await request()).status).toBe(200)
      },
    )

    it.each(['slow', 'slow-body'] as const)(
      'sends a late but complete response on %s',
      async (fault) => {
        await setRule(fault, { seconds: 0.1 })
        expect((await list()).rows).toHaveLength(100)
      },
    )

    it('sends its headers at once and its body byte by byte', async () => {
      await setRule('slow-body', { seconds: 60 })
      const first = await new Promise<number>((resolve, reject) => {
        const request = http.get(simulator.url() + path(1), { headers }, (response) => {
          response.once('data', (part: Buffer) => {
            request.destroy()
            resolve(part.length)
          })
        })
        request.once('error', reject)
      })
      expect(first).toBeLessThan(20)
    })

    it('applies a fault of rows to the next request that returns rows', async () => {
      await setRule('null-fields')
      expect((await simulator.get(path(1))).status).toBeGreaterThanOrEqual(400)
      expect(await simulator.control('/faults')).toMatchObject({
        faults: [{ fault: 'null-fields' }],
      })
    })

    it('lists fewer rows than the total that it reports', async () => {
      await setRule('truncated-but-valid')
      expect(await list()).toMatchObject({ total: 250, rows: { length: 50 } })
    })

    it('repeats the last row of a page on the next, as if a row was added', async () => {
      await setRule('dup-across-pages')
      const pages = [await list(1), await list(2)]
      expect(idsOf(pages[1] as Listed)[0]).toBe(idsOf(pages[0] as Listed).at(-1))
      expect(pages.map(({ total }) => total)).toEqual([250, 251])
    })

    it('skips a row between pages, as if a row was removed', async () => {
      const plain = idsOf(await list(2))
      await setRule('skip-across-pages')
      const pages = [await list(1), await list(2)]
      expect(pages.flatMap(idsOf)).not.toContain(plain[0])
      expect(pages.map(({ total }) => total)).toEqual([250, 249])
    })

    it('reports a wrong total, a different one on each page', async () => {
      await setRule('count-lies', { times: 2 })
      const totals = [(await list(1)).total, (await list(2)).total]
      expect(totals).toEqual([251, 252])
    })

    it('leaves out optional fields, but no field that decides money', async () => {
      const plain = await list()
      await setRule('null-fields')
      const { rows } = await list()
      const required = ['status', 'currency', id, amount]
      for (const [index, row] of rows.entries())
        for (const name of required) expect(row[name]).toBe(plain.rows[index]?.[name])
      expect(Object.values(rows[0] ?? {}).includes(null)).toBe(true)
      expect(Object.keys(rows[2] ?? {}).length).toBeLessThan(Object.keys(rows[1] ?? {}).length)
    })

    it('writes numbers as texts', async () => {
      const plain = await list()
      await setRule('numbers-as-strings')
      const { rows } = await list()
      expect(rows[0]?.[amount]).toBe(String(plain.rows[0]?.[amount]))
      expect(rows.flatMap(Object.values).filter((value) => typeof value === 'number')).toEqual([])
    })

    it('compresses its response', async () => {
      const plain = await list()
      await setRule('gzip')
      const reply = await request()
      expect(reply.headers.get('content-encoding')).toBe('gzip')
      expect(read(reply.body as never)).toEqual(plain)
    })

    it('redirects to the same host and to another host', async () => {
      await setRule('redirect-same-host')
      const same = await request()
      expect([same.status, same.headers.get('location')]).toEqual([302, path(1)])
      await setRule('redirect-other-host')
      const other = (await request()).headers.get('location') ?? ''
      expect(other).toBe(simulator.url().replace('127.0.0.1', 'localhost') + path(1))
    })

    it.each(['huge-rows', 'many-rows', 'deep-rows', 'huge-text', 'gzip-bomb'] as const)(
      'fills the memory of a client that reads it whole: %s',
      async (fault) => {
        await setRule(fault, { megabytes: 4 })
        const response = await fetch(`${simulator.url()}${path(1)}`, { headers })
        expect(response.headers.get('content-encoding')).toBe(fault === 'gzip-bomb' ? 'gzip' : null)
        expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(4_000_000)
      },
    )

    it('accepts each fault that it lists, and refuses others', async () => {
      const { networks } = await simulator.control<{
        networks: { name: string; faults: NetworkFault[] }[]
      }>('/networks')
      const faults = networks.find(({ name }) => name === provider)?.faults ?? []
      expect(faults.length).toBeGreaterThan(20)
      for (const fault of NETWORK_FAULTS) {
        const { status } = await simulator.post('/control/faults', { provider, fault })
        expect([fault, status]).toEqual([fault, faults.includes(fault) ? 200 : 400])
      }
    })

    it('logs a request to an unknown path', async () => {
      expect((await simulator.get(`/${provider}/elsewhere`)).status).toBe(404)
      const { requests } = await simulator.control<{ requests: object[] }>('/requests')
      expect(requests.at(-1)).toMatchObject({
        provider,
        path: `/${provider}/elsewhere`,
        status: 404,
      })
    })
  },
)

describe('faults of one network only', () => {
  const simulator = useSimulator()
  const refresh = (token: string) =>
    simulator.post(
      '/admitad/token/',
      new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: 'id',
        client_secret: 's',
        refresh_token: token,
      }),
    )

  it('Admitad refuses a rotated refresh token, and keeps the rule until a token is requested', async () => {
    await simulator.control('/faults', { provider: 'admitad', fault: 'refresh-rotated', times: 1 })
    expect((await simulator.get('/admitad/statistics/actions/')).body).toMatchObject({
      error_code: 1,
    })
    expect(await refresh('r1')).toMatchObject({ status: 400, body: { error_code: 5 } })
    expect((await refresh('r1')).status).toBe(200)
  })

  it('Admitad’s expired token stays expired', async () => {
    const { access_token: token } = (await refresh('r2')).body as { access_token: string }
    const request = () =>
      simulator.get('/admitad/statistics/actions/', { authorization: `Bearer ${token}` })
    await simulator.control('/faults', { provider: 'admitad', fault: 'token-expired', times: 1 })
    expect([(await request()).body, (await request()).body]).toMatchObject([
      { error_code: 0 },
      { error_code: 0 },
    ])
  })

  it('CueLinks responds with an empty 204 although it has rows', async () => {
    const orders = [{ order: 'o1', network: 'cuelinks', timeline: [{ day: 0, status: 'pending' }] }]
    await simulator.control('/orders', { orders })
    await simulator.control('/faults', { provider: 'cuelinks', fault: '204-empty', times: 1 })
    const request = () =>
      simulator.get('/cuelinks/api/v2/transactions.json', { authorization: 'Bearer any' })
    expect([(await request()).status, (await request()).status]).toEqual([204, 200])
  })
})

describe('the simulator', () => {
  const simulator = useSimulator()

  it.each(['//', '/%', '/admitad', '/admitad//', '/admitad?x=%', '/nowhere/admitad/'])(
    'returns a response to %s, and to the next request',
    async (path) => {
      const { hostname, port } = new URL(simulator.url())
      const status = await new Promise((resolve, reject) => {
        http
          .get({ hostname, port, path }, (response) => {
            response.resume()
            resolve(response.statusCode)
          })
          .once('error', reject)
      })
      expect(status).toBeGreaterThanOrEqual(200)
      expect((await simulator.get('/')).status).toBe(200)
    },
  )
})
