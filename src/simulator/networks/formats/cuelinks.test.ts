import { readFixture } from '../../../../test/support/readFixture.ts'
import { useSimulator } from '../../../../test/support/useSimulator.ts'

type Page = { total_count: number; transactions: Record<string, unknown>[] }

const PATH = '/cuelinks/api/v2/transactions.json'
const token = { authorization: 'Token token="any"' }
const fixture = (name: string) => readFixture(`networks/cuelinks.${name}`).response
const OCTOBER = 'start_date=2026-10-01&end_date=2026-10-31'

describe('CueLinks, simulated', () => {
  const simulator = useSimulator()
  const list = async (search = OCTOBER, headers: Record<string, string> = token) => {
    const reply = await simulator.get(`${PATH}?${search}`, headers)
    return { ...reply, body: reply.body as Page }
  }
  const addOrder = (status = 'pending', rest = {}) =>
    simulator.control('/orders', {
      orders: [
        {
          order: 'EM-555',
          network: 'cuelinks',
          clickId: 'clk01JD3Z8Q6M2V5T9XK4R7W0AB',
          timeline: [
            {
              at: '2026-10-20T11:22:33+05:30',
              status,
              saleMinor: 179_900,
              commissionMinor: 7_196,
              ...rest,
            },
          ],
        },
      ],
    })
  beforeEach(() => simulator.control('/clock', { now: '2026-11-20T00:00:00Z', isTicking: false }))

  it('lists an order as its clients expect it', async () => {
    await addOrder()
    const [expected] = (fixture('transactions.page1')?.body as Page).transactions
    expect((await list()).body).toEqual({
      total_count: 1,
      transactions: [{ ...expected, id: expect.any(Number) }],
    })
  })

  it('responds at the path that operators report', async () => {
    await addOrder()
    const path = `/cuelinks/api/v2/getTransactionDetails?${OCTOBER}`
    expect((await simulator.get(path, token)).body).toEqual((await list()).body)
  })

  it.each([
    ['pending', 'pending'],
    ['confirmed', 'validated'],
    ['approved', 'payable'],
    ['paid', 'paid'],
    ['declined', 'rejected'],
    ['invoice_raised', 'invoice_raised'],
  ])('reports %s as %s', async (status, rawStatus) => {
    await addOrder(status)
    expect((await list()).body.transactions).toMatchObject([{ status: rawStatus }])
  })

  it('names the order of a reversal in a comment, because a row has no order id', async () => {
    await addOrder('pending', { commissionMinor: -200, reversalOf: 'o2' })
    expect((await list()).body.transactions).toMatchObject([
      { user_commission: -2, extra_info: 'Return of o2' },
    ])
  })

  it('sends no body if there is no row', async () => {
    const { body, status } = await list()
    expect([status, body]).toEqual([204, ''])
  })

  it('takes days in Indian time, and instants with a zone', async () => {
    await addOrder()
    const countOf = async (from: string, to: string) => {
      const search = new URLSearchParams({ start_date: from, end_date: to })
      return (await list(search.toString())).body.total_count ?? 0
    }
    expect(await countOf('2026-10-20', '2026-10-20')).toBe(1)
    expect(await countOf('2026-10-20T11:22:33+05:30', '2026-10-20T11:22:33+05:30')).toBe(1)
    expect(await countOf('2026-10-20T11:22:34+05:30', '2026-10-21T00:00:00Z')).toBe(0)
    expect((await list('start_date=yesterday')).status).toBe(422)
  })

  it('lists 50 rows by default, and at most 100', async () => {
    await simulator.control('/orders/generate', {
      network: 'cuelinks',
      count: 130,
      from: '2026-10-01T00:00:00Z',
      to: '2026-10-20T00:00:00Z',
    })
    const sizeOf = async (search: string) =>
      (await list(`${OCTOBER}&${search}`)).body.transactions.length
    expect(await sizeOf('')).toBe(50)
    expect(await sizeOf('per_page=500')).toBe(100)
    expect(await sizeOf('per_page=100&page=2')).toBe(30)
  })

  it.each(['Token token="any"', 'Token token=any', 'Bearer any'])(
    'accepts the credentials %s',
    async (authorization) => {
      expect((await list(OCTOBER, { authorization })).status).toBe(204)
    },
  )

  it('refuses other credentials as CueLinks does', async () => {
    const { body, headers, status } = await list(OCTOBER, { authorization: 'Token any' })
    const expected = fixture('error.401')
    expect({ status, body }).toEqual({ status: 401, body: expected?.body })
    expect(headers.get('www-authenticate')).toBe(expected?.headers['www-authenticate'])
  })
})
