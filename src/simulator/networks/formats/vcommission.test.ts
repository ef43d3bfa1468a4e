import { readFixture } from '../../../../test/support/readFixture.ts'
import { useSimulator } from '../../../../test/support/useSimulator.ts'

type Page = {
  conversions: Record<string, unknown>[]
  pagination: { perPage: number; currentPage: number; total: number }
}

const PATH = '/vcommission/v2/publishers/conversions'
const key = { 'x-api-key': 'any' }
const fixture = (name: string) => readFixture(`networks/vcommission.${name}`).response

describe('vCommission, simulated', () => {
  const simulator = useSimulator()
  const list = async (search = 'start=2026-10-01&end=2026-10-31', headers: object = key) => {
    const reply = await simulator.get(`${PATH}?${search}`, { ...headers })
    return { ...reply, body: reply.body as Page }
  }
  const addOrder = (status = 'pending') =>
    simulator.control('/orders', {
      orders: [
        {
          order: 'VC-88121',
          network: 'vcommission',
          clickId: 'clk01JD3Z8Q6M2V5T9XK4R7W0AB',
          timeline: [
            { at: '2026-10-12T08:14:22Z', status, saleMinor: 200_000, commissionMinor: 9_650 },
          ],
        },
      ],
    })
  beforeEach(() => simulator.control('/clock', { now: '2026-11-20T00:00:00Z', isTicking: false }))

  it('lists an order as documented', async () => {
    await addOrder()
    const { body } = await list()
    const [expected] = (fixture('conversions.page1')?.body as Page).conversions
    const hex = expect.stringMatching(/^[0-9a-f]{24}$/)
    expect(body).toEqual({
      conversions: [{ ...expected, _id: hex, click_id: hex }],
      pagination: { perPage: 100, currentPage: 1, total: 1 },
    })
  })

  it('responds at the path that operators report, and accepts a key in the query', async () => {
    await addOrder()
    const search = 'start=2026-10-01&end=2026-10-31&apiKey=any'
    const { body } = await simulator.get(`/vcommission/v2/transactions?${search}`)
    expect(body).toEqual((await list()).body)
  })

  it.each([
    ['pending', 'pending'],
    ['confirmed', 'pending'],
    ['approved', 'approved'],
    ['paid', 'approved'],
    ['declined', 'cancelled'],
    ['on_review_2', 'on_review_2'],
  ])('reports %s as %s, and filters by it', async (status, rawStatus) => {
    await addOrder(status)
    const found = async (wanted: string) =>
      (await list(`start=2026-10-01&end=2026-10-31&status=${wanted}`)).body.conversions
    expect(await found(rawStatus)).toMatchObject([{ status: rawStatus }])
    expect(await found('other')).toEqual([])
  })

  it('takes days in Indian time', async () => {
    const timeline = [{ at: '2026-10-31T23:45:00+05:30', status: 'pending' }]
    const orders = [{ order: 'o1', network: 'vcommission', timeline }]
    await simulator.control('/orders', { orders })
    const totalOf = async (search: string) => (await list(search)).body.pagination.total
    expect(await totalOf('start=2026-10-31&end=2026-10-31')).toBe(1)
    expect(await totalOf('start=2026-11-01&end=2026-11-30')).toBe(0)
  })

  it('lists pages by number', async () => {
    await simulator.control('/orders/generate', {
      network: 'vcommission',
      count: 250,
      from: '2026-10-01T00:00:00Z',
      to: '2026-10-20T00:00:00Z',
    })
    const sizes = []
    for (const page of [1, 2, 3, 4])
      sizes.push((await list(`start=2026-10-01&end=2026-10-31&limit=100&page=${page}`)).body)
    expect(sizes.map(({ conversions }) => conversions.length)).toEqual([100, 100, 50, 0])
    expect(sizes[2]?.pagination).toEqual({ perPage: 100, currentPage: 3, total: 250 })
  })

  it('refuses a window without a start, as documented', async () => {
    const { body, status } = await list('end=2026-10-31')
    expect({ status, body }).toEqual({ status: 400, body: fixture('error.400.apikey')?.body })
  })

  it.each(['limit=99', 'limit=1001', 'limit=x', 'page=0', 'end=31.10.2026'])(
    'refuses %s',
    async (search) => {
      const { status } = await list(
        `start=2026-10-01&end=2026-10-31&${search}`.replace(
          search.startsWith('end') ? 'end=2026-10-31&' : '',
          '',
        ),
      )
      expect(status).toBe(400)
    },
  )

  it('refuses a request without a key', async () => {
    expect(await list(undefined, {})).toMatchObject({
      status: 400,
      body: { success: false, errors: [{ statusCode: 400, message: 'Invalid API Key' }] },
    })
  })
})
