import { testNetworkContract } from '../../../test/support/networks/testNetworkContract.ts'
import {
  CANARY,
  type NetworkSpec,
  openBench,
  PAGE_SIZE,
  readAll,
} from '../../../test/support/networks/networkSpec.ts'
import { readFixture } from './fixtures/readFixture.ts'
import { vcommission } from './vcommission.ts'

const window = {
  from: new Date('2026-10-10T00:00:00Z'),
  to: new Date('2026-10-31T18:30:00Z'),
  by: 'event' as const,
}
const [sample = {}] = (
  readFixture('vcommission/conversions.page1').response.body as {
    conversions: Record<string, unknown>[]
  }
).conversions

const spec: NetworkSpec = {
  networkAt: (http) => vcommission({ ...http, apiKey: CANARY, pageSize: PAGE_SIZE }),
  window,
  rowOf: (n) => ({
    ...sample,
    _id: `670aa1f25c4d250355fd58${String(n).padStart(2, '0')}`,
    created: new Date(Date.UTC(2026, 9, 12, 8, n)).toISOString(),
  }),
  bodyOf: ({ rows, total }) => ({
    conversions: rows,
    pagination: { perPage: PAGE_SIZE, currentPage: 1, total },
  }),
  placeOf: ({ searchParams }) => {
    const limit = Number(searchParams.get('limit'))
    return { limit, offset: (Number(searchParams.get('page')) - 1) * limit }
  },
  links: { clickParam: 'p1', deepLinkParam: 'url' },
  postback: {
    ...readFixture('vcommission/postback.conversion').request.query,
    conversion_id: '670aa1f25c4d250355fd5801',
    created: '2026-10-12T08:14:22.000Z',
  },
}

describe('vcommission', () => testNetworkContract(spec))

describe('vcommission’s report', () => {
  const network = spec.networkAt({ baseUrl: 'http://127.0.0.1:1' })
  const page = (name: string) => network.readPage(readFixture(`vcommission/${name}`).response.body)
  const row = (over: object) =>
    network.readPage(spec.bodyOf({ rows: [{ ...sample, ...over }], total: 1 })).rows[0]

  it('is read as Trackier documents it', () => {
    const { rows, total } = page('conversions.page1')
    expect(total).toBe(102)
    expect(rows[0]).toEqual({
      externalId: '670aa1f25c4d250355fd5801',
      isIdGenerated: false,
      orderId: 'VC-88121',
      subId: 'clk01JD3Z8Q6M2V5T9XK4R7W0AB',
      programId: '10882',
      programName: 'Example Beauty CPS - India',
      status: 'pending',
      rawStatus: 'pending',
      saleMinor: null,
      commissionMinor: 9_650,
      currency: 'INR',
      eventAt: '2026-10-12T08:14:22.000Z',
      clickedAt: null,
      changedAt: null,
      reversalOf: null,
      comment: null,
      raw: sample,
    })
    expect(rows[1]).toMatchObject({ subId: null, orderId: null, commissionMinor: 4_000 })
  })

  it('reads a row that is on two pages as the same transaction', () => {
    expect(page('conversions.page2').rows[0]).toEqual(page('conversions.page1').rows[1])
  })

  it.each([
    ['pending', 'pending'],
    ['approved', 'approved'],
    ['Cancelled', 'declined'],
    ['rejected', 'declined'],
    ['extended', 'unknown'],
  ])('maps %s to %s', (rawStatus, status) => {
    expect(row({ status: rawStatus })).toMatchObject({ status, rawStatus })
  })

  it.each([null, '', undefined])('takes a currency of %j for US dollars', (currency) => {
    expect(row({ currency, payout: '2.40' })).toMatchObject({
      currency: 'USD',
      commissionMinor: 240,
    })
  })

  it('reads the sale amount if it is in the payout’s currency', () => {
    expect(row({ sale_amount: 1_200.5 })).toMatchObject({ saleMinor: 120_050 })
    const other = { sale_amount: 1_200.5, currency: 'USD', orig_sale_currency: 'INR' }
    expect(row(other)).toMatchObject({ saleMinor: null })
  })

  it('generates a missing id from fields that never change', () => {
    const made = row({ _id: null })
    expect(made).toMatchObject({ isIdGenerated: true })
    expect(row({ _id: '', status: 'approved', payout: 1 })?.externalId).toBe(made?.externalId)
    expect(row({ _id: null, goal_id: 2 })?.externalId).not.toBe(made?.externalId)
  })
})

describe('vcommission’s postback', () => {
  const network = spec.networkAt({ baseUrl: 'http://127.0.0.1:1' })

  it('has a row only with the conversion’s id', () => {
    expect(network.readPostback(spec.postback ?? {}).row).toMatchObject({ status: 'approved' })
    const { detail, row } = network.readPostback(
      readFixture('vcommission/postback.conversion').request.query ?? {},
    )
    expect(row).toBeNull()
    expect(detail).toContain('conversion_id')
  })
})

describe('vcommission’s requests', () => {
  let bench: Awaited<ReturnType<typeof openBench>>
  beforeAll(async () => {
    bench = await openBench(spec)
  })
  beforeEach(() => bench.reset())
  afterAll(() => bench.server.close())

  it('contain the key in a header, never in the URL, and one more day at both ends', async () => {
    await readAll({ network: bench.networkAt(), spec })
    const [heard] = bench.server.received
    expect(heard?.headers['x-api-key']).toBe(CANARY)
    expect(heard?.url.href).not.toContain(CANARY)
    expect(heard?.url.pathname).toBe('/below/v2/publishers/conversions')
    expect(Object.fromEntries(heard?.url.searchParams ?? [])).toEqual({
      start: '2026-10-09',
      end: '2026-11-02',
      limit: '4',
      page: '1',
    })
  })

  it('go to another path if that is set', async () => {
    const baseUrl = bench.server.url
    const network = vcommission({
      privateHosts: 'any',
      apiKey: 'key',
      baseUrl,
      path: '/v2/transactions',
    })
    await readAll({ network, spec })
    expect(bench.server.received[0]?.url.pathname).toBe('/v2/transactions')
  })

  it('cover the whole validation window to find changes', async () => {
    bench.state.list = []
    const changes = { ...window, from: new Date('2026-10-31T00:00:00Z'), by: 'change' as const }
    await readAll({ network: bench.networkAt(), spec: { ...spec, window: changes } })
    const starts = bench.server.received.map(({ url }) => url.searchParams.get('start'))
    expect(starts).toEqual(['2026-07-02', '2026-08-01', '2026-08-31', '2026-09-30', '2026-10-30'])
  })

  it('take a 400 about the key for refused credentials, and another 400 for a refused request', async () => {
    const { body, status } = readFixture('vcommission/error.400.apikey').response
    const read = () => readAll({ network: bench.networkAt(), spec })
    bench.state.fault = () => ({ status, json: body })
    await expect(read()).rejects.toMatchObject({ code: 'network.refused' })
    bench.state.fault = () => ({ status, json: { success: false, message: 'Invalid API Key' } })
    await expect(read()).rejects.toMatchObject({ code: 'network.unauthorized' })
  })
})
