import { testNetworkContract } from '../../../test/support/networks/testNetworkContract.ts'
import {
  CANARY,
  type NetworkSpec,
  openBench,
  readAll,
} from '../../../test/support/networks/networkSpec.ts'
import { awin } from './awin.ts'
import { readFixture } from './fixtures/readFixture.ts'

const fixture = readFixture('awin/transactions').response.body as Record<string, unknown>[]
const [sample = {}] = fixture

const spec: NetworkSpec = {
  networkAt: (http) => awin({ ...http, token: CANARY, publisherId: '100001' }),
  window: {
    from: new Date('2026-09-01T00:00:00Z'),
    to: new Date('2026-09-20T12:00:00Z'),
    by: 'event',
  },
  rowOf: (n) => ({
    ...sample,
    id: 1_591_984_000 + n,
    transactionDate: new Date(Date.UTC(2026, 8, 1, 10, n)).toISOString().slice(0, 19),
  }),
  bodyOf: ({ rows }) => rows,
  placeOf: () => ({ offset: 0, limit: Number.POSITIVE_INFINITY }),
  statusField: 'commissionStatus',
  isUnpaged: true,
  links: { clickParam: 'clickref', deepLinkParam: 'ued' },
  postback: null,
}

describe('awin', () => testNetworkContract(spec))

describe('awin’s report', () => {
  const network = spec.networkAt({ baseUrl: 'http://127.0.0.1:1' })
  const row = (over: object) => network.readPage([{ ...sample, ...over }]).rows[0]

  it('is read as documented', () => {
    expect(network.readPage(fixture)).toMatchObject({ rejected: [], total: null })
    expect(row({})).toEqual({
      externalId: '1591984001',
      isIdGenerated: false,
      orderId: 'AW-1',
      subId: 'clk01JD3Z8Q6M2V5T9XK4R7W0AB',
      programId: '7001',
      programName: null,
      status: 'approved',
      rawStatus: 'approved',
      saleMinor: 7_500,
      commissionMinor: 600,
      currency: 'GBP',
      eventAt: '2026-09-01T10:30:00.000Z',
      clickedAt: '2026-09-01T10:00:00.000Z',
      changedAt: null,
      reversalOf: null,
      comment: 'partial return',
      raw: sample,
    })
  })

  it('maps approved and paid to paid, and deleted to declined', () => {
    expect(row({ paidToPublisher: true })?.status).toBe('paid')
    expect(row({ commissionStatus: 'pending', paidToPublisher: true })?.status).toBe('pending')
    expect(row({ commissionStatus: 'deleted' })?.status).toBe('declined')
  })

  it('has the validation as its time of change, unless it was amended', () => {
    expect(row({ amended: false })?.changedAt).toBe('2026-11-18T00:00:00.000Z')
  })

  it('that is too large is read in halves, each row once or more', async () => {
    const bench = await openBench(spec)
    bench.reset()
    const row = (day: number) => ({
      ...sample,
      id: day,
      transactionDate: new Date(Date.UTC(2026, 8, day, 10)).toISOString().slice(0, 19),
    })
    const list = Array.from({ length: 18 }, (_, index) => row(index + 1))
    const isWithin = ({ transactionDate }: { transactionDate: string }, query: URLSearchParams) =>
      transactionDate >= (query.get('startDate') ?? '') &&
      transactionDate <= (query.get('endDate') ?? '')
    bench.state.fault = ({ url }) => {
      const rows = list.filter((one) => isWithin(one, url.searchParams))
      return { json: rows.length > 4 ? Array(10_001).fill({}) : rows }
    }
    const read = await readAll({ network: bench.networkAt(), spec })
    expect(read.ids).toEqual(list.map(({ id }) => String(id)))
    await bench.server.close()
  })

  it('is requested by the second, and includes a row in the first second of the window', async () => {
    const bench = await openBench(spec)
    bench.reset()
    bench.state.list = [{ ...sample, transactionDate: '2026-09-01T10:30:00' }]
    const window = { ...spec.window, from: new Date('2026-09-01T10:30:00.500Z') }
    const read = await readAll({ network: bench.networkAt(), spec: { ...spec, window } })
    expect(read.rows).toHaveLength(1)
    await bench.server.close()
  })

  it('is rejected if an id is too large for a number, because it would equal another id', () => {
    const id = JSON.parse('12345678901234567890') as number
    const { rejected, rows } = network.readPage([{ ...sample, id }])
    expect(rows).toEqual([])
    expect(rejected).toMatchObject([
      { code: 'row.malformed', detail: expect.stringContaining('id: a number too large') },
    ])
  })

  it('is requested by validation and by amendment, for up to 31 days each', async () => {
    const bench = await openBench(spec)
    bench.reset()
    bench.state.list = []
    const window = { ...spec.window, from: new Date('2026-08-15T12:00:00Z'), by: 'change' as const }
    await readAll({ network: bench.networkAt(), spec: { ...spec, window } })
    const queries = bench.server.received.map(({ url }) => Object.fromEntries(url.searchParams))
    const slices = [
      ['2026-08-15T12:00:00', '2026-09-15T12:00:00'],
      ['2026-09-15T12:00:00', '2026-09-20T12:00:00'],
    ]
    expect(queries).toEqual(
      slices.flatMap(([startDate, endDate]) =>
        ['validation', 'amendment'].map((dateType) => ({
          startDate,
          endDate,
          timezone: 'UTC',
          dateType,
        })),
      ),
    )
    expect(bench.server.received[0]?.url.pathname).toBe('/below/publishers/100001/transactions/')
    await bench.server.close()
  })
})
