import { readFixture } from '../../../testing/readFixture.ts'
import { useSimulator } from '../../../testing/useSimulator.ts'

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
  const tell = (status = 'pending', rest = {}) =>
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

  it('tells of an order as its clients see it', async () => {
    await tell()
    const [expected] = (fixture('transactions.page1')?.body as Page).transactions
    expect((await list()).body).toEqual({
      total_count: 1,
      transactions: [{ ...expected, id: expect.any(Number) }],
    })
  })

  it('answers at the path that operators were told', async () => {
    await tell()
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
  ])('says %s as %s', async (status, word) => {
    await tell(status)
    expect((await list()).body.transactions).toMatchObject([{ status: word }])
  })

  it('says in words what a return takes from, as a row has no order', async () => {
    await tell('pending', { commissionMinor: -200, returnOf: 'o2' })
    expect((await list()).body.transactions).toMatchObject([
      { user_commission: -2, extra_info: 'Return of o2' },
    ])
  })

  it('sends nothing at all where there is no row', async () => {
    const { body, status } = await list()
    expect([status, body]).toEqual([204, ''])
  })

  it('takes days of India, and instants with a zone', async () => {
    await tell()
    const countOf = async (from: string, to: string) => {
      const search = new URLSearchParams({ start_date: from, end_date: to })
      return (await list(search.toString())).body.total_count ?? 0
    }
    expect(await countOf('2026-10-20', '2026-10-20')).toBe(1)
    expect(await countOf('2026-10-20T11:22:33+05:30', '2026-10-20T11:22:33+05:30')).toBe(1)
    expect(await countOf('2026-10-20T11:22:34+05:30', '2026-10-21T00:00:00Z')).toBe(0)
    expect((await list('start_date=yesterday')).status).toBe(422)
  })

  it('gives 50 rows unless asked for more, and at most 100', async () => {
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
    'lets %s in',
    async (authorization) => {
      expect((await list(OCTOBER, { authorization })).status).toBe(204)
    },
  )

  it('refuses everybody else as it does', async () => {
    const { body, headers, status } = await list(OCTOBER, { authorization: 'Token any' })
    const expected = fixture('error.401')
    expect({ status, body }).toEqual({ status: 401, body: expected?.body })
    expect(headers.get('www-authenticate')).toBe(expected?.headers['www-authenticate'])
  })
})
