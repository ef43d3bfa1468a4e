import { testNetworkContract } from '../../../test/support/networks/testNetworkContract.ts'
import {
  CANARY,
  type NetworkSpec,
  openBench,
  PAGE_SIZE,
  readAll,
} from '../../../test/support/networks/networkSpec.ts'
import { startNetwork } from '../../../test/support/networks/startNetwork.ts'
import { admitad } from './admitad.ts'
import type { AdmitadTokens } from './admitad/tokens.ts'
import { readFixture } from './fixtures/readFixture.ts'

const window = {
  from: new Date('2026-10-01T00:00:00Z'),
  to: new Date('2026-11-20T12:00:00Z'),
  by: 'event' as const,
}
const [sample = {}] = (
  readFixture('admitad/actions.page1').response.body as { results: Record<string, unknown>[] }
).results
const at = (n: number) => new Date(Date.UTC(2026, 9, 2, 10, n)).toISOString()
const local = (n: number) => at(n).slice(0, 19).replace('T', ' ')

const spec: NetworkSpec = {
  networkAt: (http) =>
    admitad({
      ...http,
      pageSize: PAGE_SIZE,
      credentials: { clientId: `id-${CANARY}`, clientSecret: CANARY },
    }),
  window,
  rowOf: (n) => ({ ...sample, action_id: 9_900_000 + n, action_date: local(n) }),
  bodyOf: ({ rows, total }) => ({ results: rows, _meta: { count: total, limit: 4, offset: 0 } }),
  placeOf: ({ searchParams }) => ({
    offset: Number(searchParams.get('offset')),
    limit: Number(searchParams.get('limit')),
  }),
  besides: ({ url }) =>
    url.pathname.endsWith('/token/')
      ? { json: { access_token: `at-${CANARY}`, expires_in: 604_800, refresh_token: CANARY } }
      : null,
  links: { clickParam: 'subid4', deepLinkParam: 'ulp' },
  postback: readFixture('admitad/postback.action.new').request.query ?? {},
}

describe('admitad', () => testNetworkContract(spec))

describe('admitad’s report', () => {
  const network = spec.networkAt({ baseUrl: 'http://127.0.0.1:1' })
  const page = (name: string) => network.readPage(readFixture(`admitad/${name}`).response.body)
  const row = (over: object) =>
    network.readPage(spec.bodyOf({ rows: [{ ...sample, ...over }], total: 1 }))

  it('is read as documented', () => {
    const { rejected, rows, total } = page('actions.page1')
    expect({ rejected, total }).toEqual({ rejected: [], total: 5 })
    expect(rows[0]).toEqual({
      externalId: '9900001',
      isIdGenerated: false,
      orderId: 'EF-100234',
      subId: 'clk01JD3Z8Q6M2V5T9XK4R7W0AB',
      programId: '31001',
      programName: 'Example Fashion IN',
      status: 'pending',
      rawStatus: 'pending',
      saleMinor: 249_900,
      commissionMinor: 12_495,
      currency: 'INR',
      eventAt: '2026-10-02T11:05:11.000Z',
      clickedAt: '2026-10-02T10:58:19.000Z',
      changedAt: '2026-10-02T11:05:11.000Z',
      reversalOf: null,
      comment: null,
      raw: sample,
    })
  })

  it('is read in each row’s currency, with or without a click', () => {
    expect(page('actions.page2').rows).toMatchObject([
      { currency: 'USD', saleMinor: 5_880, commissionMinor: 1_470, status: 'approved' },
      { currency: 'INR', subId: null },
    ])
  })

  it('maps `approved_but_stalled` to confirmed, which is not payable', () => {
    expect(page('actions.page3').rows).toMatchObject([{ status: 'confirmed' }])
  })

  it('is read with changed amounts, statuses and comments', () => {
    expect(page('actions.status_updated_window').rows).toMatchObject([
      { status: 'approved', commissionMinor: 7_495, saleMinor: 149_900 },
      { status: 'declined', comment: 'Order cancelled', changedAt: '2026-11-20T02:12:31.000Z' },
    ])
  })

  it.each([
    ['numbers as strings', { cart: '2499.00', payment: '124.95', action_id: '9900001' }],
    ['Indian commas', { cart: '2,499.00', payment: ' 124.95 ' }],
    ['more decimals than money has', { payment: 124.9500000001 }],
  ])('reads %s', (_what, over) => {
    expect(row(over).rows).toMatchObject([{ saleMinor: 249_900, commissionMinor: 12_495 }])
  })

  it.each([null, '', undefined])('takes %j for a missing value', (nothing) => {
    const names = ['cart', 'subid4', 'order_id', 'comment', 'click_date', 'status_updated']
    expect(row(Object.fromEntries(names.map((name) => [name, nothing]))).rows).toMatchObject([
      { saleMinor: null, subId: null, orderId: null, clickedAt: null, changedAt: null },
    ])
  })

  it('maps to paid only what is approved and paid', () => {
    expect(row({ status: 'approved', paid: 1 }).rows).toMatchObject([{ status: 'paid' }])
    expect(row({ status: 'approved', paid: 0 }).rows).toMatchObject([{ status: 'approved' }])
    expect(row({ status: 'declined', paid: 1 }).rows).toMatchObject([{ status: 'declined' }])
  })

  it('generates a missing id from fields that never change', () => {
    const [first] = row({ action_id: null }).rows
    const [later] = row({ action_id: '', status: 'approved', payment: 1 }).rows
    const [other] = row({ action_id: null, order_id: 'EF-9' }).rows
    expect(first).toMatchObject({ isIdGenerated: true })
    expect(later?.externalId).toBe(first?.externalId)
    expect(other?.externalId).not.toBe(first?.externalId)
  })

  it.each([
    ['row.malformed', { payment: null }],
    ['row.malformed', { payment: {} }],
    ['money.malformed', { payment: 'a lot' }],
    ['money.malformed', { payment: 1e30 }],
    ['money.unknown-currency', { currency: 'RUPEES' }],
    ['time.malformed', { action_date: '2026-02-30 10:00:00' }],
  ])('rejects with %s a row with %j', (code, over) => {
    expect(row(over)).toMatchObject({ rows: [], rejected: [{ code }] })
  })
})

describe('admitad’s postback', () => {
  const network = spec.networkAt({ baseUrl: 'http://127.0.0.1:1' })
  const read = (name: string) => {
    const { form, query } = readFixture(`admitad/${name}`).request
    return network.readPostback(form ?? query ?? {})
  }

  it.each([
    ['postback.action.new', 'pending'],
    ['postback.action.on_hold_again', 'confirmed'],
    ['postback.reward_ready', 'approved'],
  ])('%s is read as %s: its statuses differ from the report’s', (name, status) => {
    expect(read(name).row).toMatchObject({
      status,
      externalId: '9900001',
      orderId: 'EF-100234',
      saleMinor: 249_900,
      commissionMinor: 12_495,
      eventAt: '2026-10-02T08:55:11.000Z',
    })
  })

  it('without an id has no row, and names the missing field', () => {
    const { detail, row } = network.readPostback({ ...spec.postback, admitad_id: '' })
    expect(row).toBeNull()
    expect(detail).toContain('admitad_id')
  })
})

describe('admitad’s requests', () => {
  let bench: Awaited<ReturnType<typeof openBench>>
  beforeAll(async () => {
    bench = await openBench(spec)
  })
  beforeEach(() => bench.reset())
  afterAll(() => bench.server.close())
  const queries = () => bench.server.received.map(({ url }) => Object.fromEntries(url.searchParams))

  it('name days in Admitad’s time zone, and a stable order of rows', async () => {
    const from = new Date('2026-10-01T22:00:00Z')
    await readAll({ network: bench.networkAt(), spec: { ...spec, window: { ...window, from } } })
    expect(queries()[1]).toEqual({
      date_start: '02.10.2026',
      date_end: '20.11.2026',
      limit: '4',
      offset: '0',
      order_by: 'datetime',
    })
  })

  it('name seconds for the time of change', async () => {
    bench.state.list = [{ ...spec.rowOf(1), status_updated: '2026-11-20 05:12:30' }]
    const changes = { from: new Date('2026-11-19T21:30:05Z'), to: window.to, by: 'change' as const }
    const { rows } = await readAll({
      network: bench.networkAt(),
      spec: { ...spec, window: changes },
    })
    expect(rows).toHaveLength(1)
    expect(queries()[1]).toMatchObject({
      status_updated_start: '20.11.2026 00:30:05',
      status_updated_end: '20.11.2026 15:00:00',
    })
  })

  it('accept a page with some changes outside of the window, but not with all', async () => {
    const changes = { from: new Date('2026-11-19T00:00:00Z'), to: window.to, by: 'change' as const }
    const read = () => readAll({ network: bench.networkAt(), spec: { ...spec, window: changes } })
    const changed = (n: number, day: string) => ({
      ...spec.rowOf(n),
      status_updated: `${day} 05:12:30`,
    })
    bench.state.list = [changed(1, '2026-11-20'), changed(2, '2026-11-02')]
    expect((await read()).ids).toHaveLength(2)
    bench.state.list = [changed(1, '2026-11-01'), changed(2, '2026-11-02')]
    await expect(read()).rejects.toMatchObject({ code: 'network.bad-answer' })
  })

  it('split a year into slices, oldest first', async () => {
    bench.state.list = []
    const year = { ...window, from: new Date('2025-11-20T12:00:00Z') }
    await readAll({ network: bench.networkAt(), spec: { ...spec, window: year } })
    const starts = queries().map(({ date_start }) => date_start)
    expect(starts.slice(1)).toEqual([
      '20.11.2025',
      '18.02.2026',
      '19.05.2026',
      '17.08.2026',
      '15.11.2026',
    ])
  })

  it('take a 503 with code 4 for a rate limit, and back off for a minute or more', async () => {
    const { body, status } = readFixture('admitad/error.503.rate_limit').response
    bench.state.fault = () => (bench.state.requests === 1 ? { status, json: body } : null)
    await readAll({ network: bench.networkAt(), spec })
    expect(bench.state.waits).toHaveLength(1)
    expect(bench.state.waits[0]).toBeGreaterThanOrEqual(60_000)
    expect(bench.state.waits[0]).toBeLessThanOrEqual(75_000)
  })
})

describe('admitad’s token', () => {
  const NEVER = new AbortController().signal
  const account = { clientId: 'id', clientSecret: 'secret' }
  let server: Awaited<ReturnType<typeof startNetwork>>
  let tokens: { access: string[]; refresh: string }
  /** Access tokens that are valid. */
  let good: Set<string>
  let error: { status: number; json: unknown }
  const fixture = (name: string) => {
    const { body, status } = readFixture(`admitad/${name}`).response
    return { status, json: body }
  }

  beforeAll(async () => {
    server = await startNetwork(({ form, headers, url }) => {
      if (!url.pathname.endsWith('/token/')) {
        const isGood = good.has(headers.authorization?.replace('Bearer ', '') ?? '')
        return isGood ? { json: spec.bodyOf({ rows: [], total: 0 }) } : error
      }
      if (form.grant_type === 'refresh_token' && form.refresh_token !== tokens.refresh) {
        return fixture('error.400.refresh_token')
      }
      const access = `access-${tokens.access.length + 1}`
      tokens.access.push(access)
      tokens.refresh = `refresh-${tokens.access.length}`
      good.add(access)
      const json = { access_token: access, refresh_token: tokens.refresh, expires_in: 604_800 }
      return { json }
    })
  })
  beforeEach(() => {
    tokens = { access: [], refresh: 'r0' }
    good = new Set()
    error = fixture('error.401.token_expired')
    server.received.length = 0
  })
  afterAll(() => server.close())

  const read = async (over: Partial<Parameters<typeof admitad>[0]> = {}) => {
    const network = admitad({
      baseUrl: server.url,
      credentials: account,
      privateHosts: 'any',
      backOff: () => Promise.resolve(),
      ...over,
    })
    const options = { signal: NEVER }
    const pages = []
    for await (const page of network.listTransactions(window, options)) pages.push(page)
    return pages
  }
  const grants = () =>
    server.received.filter(({ form }) => form.grant_type).map(({ form }) => form.grant_type)

  it('is requested with id and secret, as documented', async () => {
    await read()
    expect(server.received[0]).toMatchObject({
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('id:secret').toString('base64')}` },
      form: {
        grant_type: 'client_credentials',
        client_id: 'id',
        scope: expect.stringContaining('statistics'),
      },
    })
    expect(server.received[1]?.headers.authorization).toBe('Bearer access-1')
  })

  it('of another process is used once stored, until shortly before it expires', async () => {
    good.add('stored')
    const stored = (minutes: number): AdmitadTokens => ({
      accessToken: 'stored',
      refreshToken: null,
      expiresAt: new Date(Date.now() + minutes * 60_000).toISOString(),
    })
    await read({ loadTokens: () => Promise.resolve(stored(10)) })
    expect(grants()).toEqual([])
    await read({ loadTokens: () => Promise.resolve(stored(4)) })
    expect(grants()).toEqual(['client_credentials'])
  })

  it('is renewed with the last stored refresh token, and its successor is stored before use', async () => {
    const kept: AdmitadTokens[] = []
    const store = {
      loadTokens: () => Promise.resolve(kept.at(-1) ?? null),
      saveTokens: (next: AdmitadTokens) => Promise.resolve(void kept.push(next)),
    }
    const credentials = { ...account, refreshToken: 'r0' }
    await read({ credentials, ...store })
    good.clear()
    await read({ credentials, ...store })
    expect(grants()).toEqual(['refresh_token', 'refresh_token'])
    expect(kept.map(({ refreshToken }) => refreshToken)).toEqual(['refresh-1', 'refresh-2'])
    expect(server.received.at(-1)?.headers.authorization).toBe('Bearer access-2')
  })

  it('is requested with id and secret if the refresh token was used before', async () => {
    await read({ credentials: { ...account, refreshToken: 'used' } })
    expect(grants()).toEqual(['refresh_token', 'client_credentials'])
  })

  it('is renewed once if it is refused; a second refusal is final', async () => {
    for (const name of ['error.401.token_expired', 'error.401.invalid_token']) {
      server.received.length = 0
      error = fixture(name)
      good.add = () => good
      await expect(read()).rejects.toMatchObject({ code: 'network.unauthorized' })
      expect(grants()).toHaveLength(2)
      expect(server.received).toHaveLength(4)
    }
  })

  it('is not renewed if it lacks a scope', async () => {
    error = { status: 403, json: { error: 'insufficient_scope', error_code: 2 } }
    good.add = () => good
    await expect(read()).rejects.toMatchObject({ code: 'network.unauthorized', providerCode: 2 })
    expect(grants()).toHaveLength(1)
  })

  it('is requested once for all runs of a process', async () => {
    const kept: AdmitadTokens[] = []
    const saveTokens = (next: AdmitadTokens) => Promise.resolve(void kept.push(next))
    const credentials = { ...account, refreshToken: 'r0' }
    await Promise.all(Array.from({ length: 8 }, () => read({ credentials, saveTokens })))
    expect(grants()).toEqual(['refresh_token'])
    expect(kept).toHaveLength(1)
  })

  it('is no longer requested once all callers have stopped', async () => {
    const stopping = new AbortController()
    let tries = 0
    let late: Promise<unknown> | null = null
    const down = await startNetwork(() => ({ status: 503 }))
    const network = admitad({
      privateHosts: 'any',
      baseUrl: down.url,
      credentials: account,
      backOff: (_ms, signal) => {
        tries += 1
        const ended = new Promise<void>((resolve) => {
          const end = () => {
            // This caller joins while the first renewal is being aborted, and must not be aborted.
            late = network.listTransactions(window, { signal: NEVER }).next()
            resolve()
          }
          if (tries === 1) signal.addEventListener('abort', end, { once: true })
          else resolve()
        })
        stopping.abort()
        return ended
      },
    })
    const first = network.listTransactions(window, { signal: stopping.signal }).next()
    await expect(first).rejects.toMatchObject({ code: 'network.stopped' })
    expect({ tries, requests: down.received.length }).toEqual({ tries: 1, requests: 1 })
    await expect(late).rejects.toMatchObject({ code: 'network.unavailable' })
    expect({ tries, requests: down.received.length }).toEqual({ tries: 5, requests: 6 })
    await down.close()
  })

  it('is not used if it cannot be stored', async () => {
    const saveTokens = () => Promise.reject(new Error('no database'))
    await expect(read({ saveTokens })).rejects.toMatchObject({
      code: 'network.unavailable',
      isRetryable: true,
    })
    expect(server.received).toHaveLength(1)
  })
})
