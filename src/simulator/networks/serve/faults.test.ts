import http from 'node:http'

import { useSimulator } from '../../../testing/useSimulator.ts'
import { NETWORK_FAULTS, type NetworkFault } from '../faults.ts'

type Listed = { total: number; rows: Record<string, unknown>[] }

const days = (start: string, end: string, from: string, to: string) =>
  `${start}=${from}&${end}=${to}`

/** How each network is asked for the whole of October, page by page, and how its answer is read. */
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

describe.each(['admitad', 'vcommission', 'cuelinks'] as const)('%s at fault', (provider) => {
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

  const dial = (fault: NetworkFault, rest = {}) =>
    simulator.control('/faults', { provider, fault, times: 1, ...rest })
  const ask = (page = 1) => simulator.get(path(page), headers)
  const list = async (page = 1) => read((await ask(page)).body as never)
  const idsOf = ({ rows }: Listed) => rows.map((row) => row[id])

  it('lists everything once without one', async () => {
    const pages = [await list(1), await list(2), await list(3)]
    expect(pages.map(({ rows }) => rows.length)).toEqual([100, 100, 50])
    expect(new Set(pages.flatMap(idsOf)).size).toBe(250)
    expect(pages.map(({ total }) => total)).toEqual([250, 250, 250])
  })

  it.each([
    ['rate-limited', null],
    ['rate-limited-with-retry-after', '7'],
    ['rate-limited-for-a-day', '86400'],
  ] as const)('wants a rest: %s, %s', async (fault, retryAfter) => {
    await dial(fault, { seconds: 7 })
    const reply = await ask()
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([limited, retryAfter])
    expect((await ask()).status).toBe(200)
  })

  it('wants a rest until a time of the world, not of its own clock', async () => {
    await dial('rate-limited-until-date', { seconds: 90 })
    const until = Date.parse((await ask()).headers.get('retry-after') ?? '')
    expect(Math.abs(until - Date.now() - 90_000)).toBeLessThan(10_000)
  })

  it('stumbles in every way, as often as told', async () => {
    await dial('server-error', { times: 4 })
    const statuses: number[] = []
    while (statuses.length < 5) statuses.push((await ask()).status)
    expect(new Set(statuses.slice(0, 4))).toEqual(new Set([500, 502, 503, 504]))
    expect(statuses[4]).toBe(200)
  })

  it('answers with a page for people, as a success and as a failure', async () => {
    await dial('html-error-page', { times: 2 })
    const replies = [await ask(), await ask()]
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200, 502]))
    for (const { body, headers: each } of replies) {
      expect(each.get('content-type')).toBe('text/html')
      expect(body).toContain('<html>')
    }
  })

  it('refuses credentials after so many requests', async () => {
    await dial('token-expired', { after: 2 })
    const statuses: number[] = []
    while (statuses.length < 3) statuses.push((await ask()).status)
    expect(statuses).toEqual([200, 200, 401])
    await dial('unauthorized')
    expect([400, 401]).toContain((await ask()).status)
  })

  it.each(['reset-after-accept', 'truncated'] as const)('breaks off: %s', async (fault) => {
    await dial(fault)
    await expect(ask()).rejects.toThrow()
    const { requests } = await simulator.control<{ requests: object[] }>('/requests')
    expect(requests.at(-1)).toMatchObject({ provider, fault, status: null, rows: 100 })
    expect((await ask()).status).toBe(200)
  })

  it.each(['slow', 'slow-body'] as const)(
    'takes its time, and answers whole: %s',
    async (fault) => {
      await dial(fault, { seconds: 0.1 })
      expect((await list()).rows).toHaveLength(100)
    },
  )

  it('sends its head at once and its body byte by byte', async () => {
    await dial('slow-body', { seconds: 60 })
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

  it('keeps what spoils rows for a request that gets some', async () => {
    await dial('null-fields')
    expect((await simulator.get(path(1))).status).toBeGreaterThanOrEqual(400)
    expect(await simulator.control('/faults')).toMatchObject({ faults: [{ fault: 'null-fields' }] })
  })

  it('says less than it promised', async () => {
    await dial('truncated-but-valid')
    expect(await list()).toMatchObject({ total: 250, rows: { length: 50 } })
  })

  it('tells the last row of a page again on the next, as one more came', async () => {
    await dial('dup-across-pages')
    const pages = [await list(1), await list(2)]
    expect(idsOf(pages[1] as Listed)[0]).toBe(idsOf(pages[0] as Listed).at(-1))
    expect(pages.map(({ total }) => total)).toEqual([250, 251])
  })

  it('passes over a row between pages, as one went', async () => {
    const honest = idsOf(await list(2))
    await dial('skip-across-pages')
    const pages = [await list(1), await list(2)]
    expect(pages.flatMap(idsOf)).not.toContain(honest[0])
    expect(pages.map(({ total }) => total)).toEqual([250, 249])
  })

  it('lies about the total, another lie on each page', async () => {
    await dial('count-lies', { times: 2 })
    const totals = [(await list(1)).total, (await list(2)).total]
    expect(totals).toEqual([251, 252])
  })

  it('leaves out what need not be there, and nothing that money follows from', async () => {
    const honest = await list()
    await dial('null-fields')
    const { rows } = await list()
    const kept = ['status', 'currency', id, amount]
    for (const [index, row] of rows.entries())
      for (const name of kept) expect(row[name]).toBe(honest.rows[index]?.[name])
    expect(Object.values(rows[0] ?? {}).includes(null)).toBe(true)
    expect(Object.keys(rows[2] ?? {}).length).toBeLessThan(Object.keys(rows[1] ?? {}).length)
  })

  it('writes numbers as texts', async () => {
    const honest = await list()
    await dial('numbers-as-strings')
    const { rows } = await list()
    expect(rows[0]?.[amount]).toBe(String(honest.rows[0]?.[amount]))
    expect(rows.flatMap(Object.values).filter((value) => typeof value === 'number')).toEqual([])
  })

  it('compresses', async () => {
    const honest = await list()
    await dial('gzip')
    const reply = await ask()
    expect(reply.headers.get('content-encoding')).toBe('gzip')
    expect(read(reply.body as never)).toEqual(honest)
  })

  it('sends elsewhere, at home and abroad', async () => {
    await dial('redirect-same-host')
    const home = await ask()
    expect([home.status, home.headers.get('location')]).toEqual([302, path(1)])
    await dial('redirect-other-host')
    const abroad = (await ask()).headers.get('location') ?? ''
    expect(abroad).toBe(simulator.url().replace('127.0.0.1', 'localhost') + path(1))
  })

  it('has each fault that it says to have, and refuses others', async () => {
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

  it('logs a place that it does not have', async () => {
    expect((await simulator.get(`/${provider}/elsewhere`)).status).toBe(404)
    const { requests } = await simulator.control<{ requests: object[] }>('/requests')
    expect(requests.at(-1)).toMatchObject({ provider, path: `/${provider}/elsewhere`, status: 404 })
  })
})

describe('faults of one network alone', () => {
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

  it('Admitad says that a refresh token was rotated, and waits for a request for one', async () => {
    await simulator.control('/faults', { provider: 'admitad', fault: 'refresh-rotated', times: 1 })
    expect((await simulator.get('/admitad/statistics/actions/')).body).toMatchObject({
      error_code: 1,
    })
    expect(await refresh('r1')).toMatchObject({ status: 400, body: { error_code: 5 } })
    expect((await refresh('r1')).status).toBe(200)
  })

  it('Admitad’s expired token stays expired', async () => {
    const { access_token: token } = (await refresh('r2')).body as { access_token: string }
    const ask = () =>
      simulator.get('/admitad/statistics/actions/', { authorization: `Bearer ${token}` })
    await simulator.control('/faults', { provider: 'admitad', fault: 'token-expired', times: 1 })
    expect([(await ask()).body, (await ask()).body]).toMatchObject([
      { error_code: 0 },
      { error_code: 0 },
    ])
  })

  it('CueLinks hides its rows in an empty answer', async () => {
    const orders = [{ order: 'o1', network: 'cuelinks', timeline: [{ day: 0, status: 'pending' }] }]
    await simulator.control('/orders', { orders })
    await simulator.control('/faults', { provider: 'cuelinks', fault: '204-empty', times: 1 })
    const ask = () =>
      simulator.get('/cuelinks/api/v2/transactions.json', { authorization: 'Bearer any' })
    expect([(await ask()).status, (await ask()).status]).toEqual([204, 200])
  })
})

describe('the simulator', () => {
  const simulator = useSimulator()

  it.each(['//', '/%', '/admitad', '/admitad//', '/admitad?x=%', '/nowhere/admitad/'])(
    'answers a request for %s, and the next one',
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
