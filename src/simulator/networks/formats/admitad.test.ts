import { readFixture } from '../../../../test/support/readFixture.ts'
import { useSimulator } from '../../../../test/support/useSimulator.ts'

type Actions = {
  results: Record<string, unknown>[]
  _meta: { count: number; limit: number; offset: number }
}
type Token = { access_token: string; refresh_token: string; error_code?: number }

const fixture = (name: string) => readFixture(`networks/admitad.${name}`).response
const rowsOf = (name: string) => (fixture(name)?.body as Actions).results

const orders = [
  {
    order: 'EF-100234',
    network: 'admitad',
    clickId: 'clk01JD3Z8Q6M2V5T9XK4R7W0AB',
    timeline: [
      {
        at: '2026-10-02T14:05:11+03:00',
        status: 'pending',
        saleMinor: 249_900,
        commissionMinor: 12_495,
      },
      {
        at: '2026-11-20T05:12:30+03:00',
        status: 'approved',
        saleMinor: 149_900,
        commissionMinor: 7_495,
      },
    ],
  },
  {
    order: 'EF-100235',
    network: 'admitad',
    clickId: 'clk01JD3Z8Q6M2V5T9XK4R7W0AB',
    timeline: [
      {
        at: '2026-10-02T14:20:44+03:00',
        eventAt: '2026-10-02T14:05:11+03:00',
        status: 'pending',
        saleMinor: 99_900,
        commissionMinor: 4_995,
      },
      { at: '2026-11-20T05:12:31+03:00', status: 'declined' },
    ],
  },
]

describe('Admitad, simulated', () => {
  const simulator = useSimulator()
  const grant = async (form: Record<string, string>, headers = {}) => {
    const reply = await simulator.post('/admitad/token/', new URLSearchParams(form), headers)
    return { ...reply, body: reply.body as Token }
  }
  const newToken = async () => {
    const basic = { authorization: `Basic ${btoa('id:secret')}` }
    return (await grant({ grant_type: 'client_credentials', client_id: 'id' }, basic)).body
  }
  const list = async (search: string, token?: string) => {
    const bearer = token ?? (await newToken()).access_token
    const headers = { authorization: `Bearer ${bearer}` }
    const reply = await simulator.get(`/admitad/statistics/actions/?${search}`, headers)
    return { ...reply, body: reply.body as Actions }
  }
  const at = (now: string) => simulator.control('/clock', { now, isTicking: false })
  const addOrders = () => simulator.control('/orders', { orders })
  const namesOf = (body: Actions) => body.results.map(({ order_id: name }) => name)

  it('lists an order as documented', async () => {
    await at('2026-10-10T00:00:00Z')
    await addOrders()
    const { body, headers, status } = await list('limit=1&date_start=01.10.2026')
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8'])
    const [expected] = rowsOf('actions.page1')
    const [position] = expected?.positions as object[]
    expect(body).toEqual({
      results: [
        {
          ...expected,
          action_id: expect.any(Number),
          positions: [{ ...position, id: expect.any(Number) }],
        },
      ],
      _meta: { count: 2, limit: 1, offset: 0 },
    })
  })

  it('lists the changes in a window, of orders of any age', async () => {
    await at('2026-11-21T00:00:00Z')
    await addOrders()
    const window = 'status_updated_start=19.11.2026 00:00:00&status_updated_end=20.11.2026 23:59:59'
    const { body } = await list(window)
    const expected = rowsOf('actions.status_updated_window')
    expect(body.results).toEqual(
      expected.map((row) => ({
        ...row,
        action_id: expect.any(Number),
        positions: expect.any(Array),
        status_updated: expect.stringMatching(/^2026-11-20 05:12:3\d$/),
        payment: row.payment,
      })),
    )
    const second = 'status_updated_start=20.11.2026 05:12:31&status_updated_end=20.11.2026 05:12:31'
    expect(namesOf((await list(second)).body)).toEqual(['EF-100235'])
  })

  it.each([
    ['pending', 'pending', 0, 0],
    ['confirmed', 'approved_but_stalled', 1, 0],
    ['approved', 'approved', 1, 0],
    ['paid', 'approved', 1, 1],
    ['declined', 'declined', 1, 0],
    ['on_review_2', 'on_review_2', 1, 0],
  ])('reports %s as %s, processed %i, paid %i', async (status, rawStatus, processed, paid) => {
    await simulator.control('/orders', {
      orders: [{ order: 'o1', network: 'admitad', timeline: [{ day: 0, status }] }],
    })
    expect((await list('')).body.results).toMatchObject([{ status: rawStatus, processed, paid }])
  })

  it('takes days in Moscow time, including both ends', async () => {
    const timeline = [{ at: '2026-10-31T23:45:00+05:30', status: 'pending' }]
    await at('2026-12-01T00:00:00Z')
    await simulator.control('/orders', { orders: [{ order: 'o1', network: 'admitad', timeline }] })
    const countOf = async (search: string) => (await list(search)).body._meta.count
    expect(await countOf('date_start=31.10.2026&date_end=31.10.2026')).toBe(1)
    expect(await countOf('date_start=01.11.2026')).toBe(0)
    expect(await countOf('date_end=30.10.2026')).toBe(0)
  })

  it('ignores unknown parameters, and refuses an invalid day', async () => {
    await addOrders()
    await at('2026-12-01T00:00:00Z')
    expect((await list('start_date=01.01.2027')).body._meta.count).toBe(2)
    expect(await list('date_start=2026-10-01')).toMatchObject({
      status: 400,
      body: { error_code: 3 },
    })
  })

  it('lists 20 rows by default, and at most 500', async () => {
    await simulator.control('/orders/generate', {
      network: 'admitad',
      count: 1_200,
      from: '2026-01-01T00:00:00Z',
      to: '2026-02-01T00:00:00Z',
    })
    const shown = async (search: string) => {
      const { results, _meta } = (await list(search)).body
      return [results.length, _meta]
    }
    expect(await shown('')).toEqual([20, { count: 1_200, limit: 20, offset: 0 }])
    expect(await shown('limit=9999')).toEqual([500, { count: 1_200, limit: 500, offset: 0 }])
    expect(await shown('limit=500&offset=1000')).toEqual([
      200,
      { count: 1_200, limit: 500, offset: 1_000 },
    ])
    const [newest] = (await list('order_by=-datetime&limit=1')).body.results
    expect(newest).toMatchObject({ order_id: 'G1-1199' })
  })

  it('lists a reversal as a row of its own, below zero, with the order that it reverses', async () => {
    await simulator.control('/orders', {
      orders: [
        { order: 'o2', network: 'admitad', timeline: [{ day: 0, status: 'pending' }] },
        {
          order: 'o2-return',
          network: 'admitad',
          timeline: [
            {
              day: 0,
              status: 'pending',
              saleMinor: -2_500,
              commissionMinor: -200,
              reversalOf: 'o2',
            },
          ],
        },
      ],
    })
    const { results } = (await list('')).body
    expect(results).toContainEqual(
      expect.objectContaining({ order_id: 'o2', payment: -2, cart: -25 }),
    )
    expect(new Set(results.map(({ action_id: id }) => id)).size).toBe(2)
  })

  it('issues a token as documented, to a client with a password', async () => {
    const { body: expected } = fixture('token.client_credentials') ?? {}
    const token = await newToken()
    expect(token).toEqual({
      ...(expected as Token),
      access_token: expect.stringMatching(/^\w{10}$/),
      refresh_token: expect.stringMatching(/^r\w{10}$/),
      scope: 'statistics',
    })
    expect((await grant({ grant_type: 'client_credentials' })).status).toBe(401)
  })

  it('issues a new refresh token each time, and refuses the used one', async () => {
    const client = { grant_type: 'refresh_token', client_id: 'id', client_secret: 's' }
    const first = await grant({ ...client, refresh_token: 'r0000000001' })
    const second = await grant({ ...client, refresh_token: first.body.refresh_token })
    expect([first.status, second.status]).toEqual([200, 200])
    expect((await list('', second.body.access_token)).status).toBe(200)
    const { body, status } = await grant({ ...client, refresh_token: 'r0000000001' })
    expect({ status, body }).toEqual({
      status: 400,
      body: fixture('error.400.refresh_token')?.body,
    })
  })

  it('refuses a token that it did not issue', async () => {
    const { body, headers, status } = await list('', 'made-up')
    const expected = fixture('error.401.invalid_token')
    expect({ status, body }).toEqual({ status: 401, body: expected?.body })
    expect(headers.get('www-authenticate')).toBe(expected?.headers['www-authenticate'])
  })

  it('expires a token after seven days of its clock', async () => {
    const { access_token: token } = await newToken()
    await simulator.control('/clock', { advanceMs: 6.9 * 86_400_000 })
    expect((await list('', token)).status).toBe(200)
    await simulator.control('/clock', { advanceMs: 0.2 * 86_400_000 })
    const { body, status } = await list('', token)
    expect({ status, body }).toEqual({
      status: 401,
      body: fixture('error.401.token_expired')?.body,
    })
  })

  it('accepts 600 requests a minute, and more after the limit is removed', async () => {
    const { access_token: token } = await newToken()
    await simulator.control('/networks', { network: 'admitad', perMinute: 3 })
    const statuses: number[] = []
    while (statuses.length < 3) statuses.push((await list('', token)).status)
    expect(statuses).toEqual([200, 200, 503])
    const { body, headers } = await list('', token)
    expect(body).toEqual(fixture('error.503.rate_limit')?.body)
    expect(headers.get('retry-after')).toBeNull()
    await simulator.control('/networks', { network: 'admitad', perMinute: null })
    expect((await list('', token)).status).toBe(200)
    await simulator.control('/state', undefined, 'DELETE')
    const { networks } = await simulator.control<{ networks: { perMinute: number }[] }>('/networks')
    expect(networks[0]).toMatchObject({ name: 'admitad', perMinute: 600 })
  })
})
