import { testNetworkContract } from '../../../test/support/networks/testNetworkContract.ts'
import {
  CANARY,
  type NetworkSpec,
  openBench,
  PAGE_SIZE,
  readAll,
} from '../../../test/support/networks/networkSpec.ts'
import { cuelinks } from './cuelinks.ts'
import { readFixture } from './fixtures/readFixture.ts'

const window = {
  from: new Date('2026-10-01T00:00:00Z'),
  to: new Date('2026-10-31T00:00:00Z'),
  by: 'event' as const,
}
const ANY = { privateHosts: 'any' as const }
type Body = { transactions: Record<string, unknown>[] }
const [sample = {}] = (readFixture('cuelinks/transactions.page1').response.body as Body)
  .transactions

const spec: NetworkSpec = {
  networkAt: (http) =>
    cuelinks({ ...http, apiKey: CANARY, publisherId: '12345', pageSize: PAGE_SIZE }),
  window,
  rowOf: (n) => ({
    ...sample,
    id: 4_400_000 + n,
    transaction_date: `2026-10-20T11:${String(n % 60).padStart(2, '0')}:33+05:30`,
  }),
  bodyOf: ({ rows, total }) => ({ total_count: total, transactions: rows }),
  placeOf: ({ searchParams }) => {
    const limit = Number(searchParams.get('per_page'))
    return { limit, offset: (Number(searchParams.get('page')) - 1) * limit }
  },
  links: { clickParam: 'subid', deepLinkParam: 'url' },
  postback: {
    ...readFixture('cuelinks/postback').request.query,
    transaction_date: '2026-10-20T11:22:33+05:30',
  },
}

describe('cuelinks', () => testNetworkContract(spec))

describe('cuelinks’ report', () => {
  const network = spec.networkAt({ baseUrl: 'http://127.0.0.1:1' })
  const row = (over: object) =>
    network.readPage(spec.bodyOf({ rows: [{ ...sample, ...over }], total: 1 })).rows[0]

  it('is read as public clients read it', () => {
    const { rows, total } = network.readPage(
      readFixture('cuelinks/transactions.page1').response.body,
    )
    expect(total).toBe(3)
    expect(rows[0]).toEqual({
      externalId: '4400001',
      isIdGenerated: false,
      orderId: '4400001',
      subId: 'clk01JD3Z8Q6M2V5T9XK4R7W0AB',
      programId: '527',
      programName: 'Example Mart',
      status: 'pending',
      rawStatus: 'pending',
      saleMinor: 179_900,
      commissionMinor: 7_196,
      currency: 'INR',
      eventAt: '2026-10-20T05:52:33.000Z',
      clickedAt: null,
      changedAt: null,
      reversalOf: null,
      comment: null,
      raw: sample,
    })
    expect(rows[2]).toMatchObject({ status: 'declined', comment: 'Order returned' })
  })

  it('maps payable to approved, and validated to confirmed', () => {
    const { polls } = readFixture('cuelinks/transactions.status_ladder')
    const found = polls.flatMap(({ body }) => network.readPage(body).rows)
    expect(new Set(found.map(({ externalId }) => externalId)).size).toBe(1)
    expect(found.map(({ status }) => status)).toEqual([
      'pending',
      'confirmed',
      'approved',
      'approved',
      'paid',
      'declined',
    ])
    expect(row({ status: 'claimed' })?.status).toBe('unknown')
  })

  it('gives each item of an order its own id', () => {
    const shirt = row({ product_name: 'Shirt' })?.externalId
    expect(shirt).toMatch(/^4400001-[0-9a-f]{12}$/)
    expect(row({ product_name: 'Shoes' })?.externalId).not.toBe(shirt)
    expect(row({ product_name: 'Shirt', status: 'paid' })?.externalId).toBe(shirt)
    expect(row({ product_name: '' })?.externalId).toBe('4400001')
  })

  it.each([
    ['a time without a zone', { transaction_date: '2026-10-20 11:22:33' }],
    ['amounts as strings', { sale_amount: '1,799.00', user_commission: '71.96' }],
    ['no currency', { currency: null }],
    ['the click in the first sub-id only', { aff_sub: '' }],
  ])('reads %s with Indian defaults', (_what, over) => {
    expect(row(over)).toMatchObject({
      eventAt: '2026-10-20T05:52:33.000Z',
      saleMinor: 179_900,
      commissionMinor: 7_196,
      currency: 'INR',
      subId: sample.subid1,
    })
  })

  it('generates a missing id', () => {
    const made = row({ id: null })
    expect(made).toMatchObject({ isIdGenerated: true })
    expect(row({ id: null, status: 'paid' })?.externalId).toBe(made?.externalId)
  })

  it('is read in the format of version 3 too', () => {
    expect(network.readPage({ data: [sample] })).toMatchObject({ rows: [{}], total: null })
  })
})

describe('cuelinks’ postback', () => {
  const network = spec.networkAt({ baseUrl: 'http://127.0.0.1:1' })

  it('has a row only with id, status and time', () => {
    expect(network.readPostback(spec.postback ?? {}).row).toMatchObject({
      externalId: '4400001',
      orderId: 'EM-555',
      status: 'confirmed',
      saleMinor: 179_900,
      commissionMinor: 7_196,
    })
    for (const missing of ['status', 'transaction_date', 'transaction_id']) {
      const { detail, row } = network.readPostback({ ...spec.postback, [missing]: '' })
      expect(row).toBeNull()
      expect(detail).toContain(missing)
    }
  })
})

describe('cuelinks’ requests', () => {
  let bench: Awaited<ReturnType<typeof openBench>>
  beforeAll(async () => {
    bench = await openBench(spec)
  })
  beforeEach(() => bench.reset())
  afterAll(() => bench.server.close())

  it.each([
    [undefined, `Token token="${CANARY}"`],
    ['Bearer' as const, `Bearer ${CANARY}`],
  ])('contain the key in the scheme %s', async (authScheme, authorization) => {
    const { url: baseUrl } = bench.server
    const network = cuelinks({ ...ANY, apiKey: CANARY, publisherId: '12345', baseUrl, authScheme })
    await readAll({ network, spec })
    expect(bench.server.received[0]?.headers.authorization).toBe(authorization)
    expect(bench.server.received[0]?.url.href).not.toContain(CANARY)
  })

  it('name seconds in Indian time', async () => {
    await readAll({ network: bench.networkAt(), spec })
    const [heard] = bench.server.received
    expect(heard?.url.pathname).toBe('/below/api/v2/transactions.json')
    expect(Object.fromEntries(heard?.url.searchParams ?? [])).toEqual({
      start_date: '2026-10-01T05:30:00+05:30',
      end_date: '2026-10-31T05:30:00+05:30',
      page: '1',
      per_page: '4',
    })
  })

  it('use the account’s UTC offset, as do times without a zone', async () => {
    const account = { apiKey: CANARY, publisherId: '12345', utcOffset: '+00:00' }
    const network = cuelinks({ ...ANY, ...account, baseUrl: bench.server.url })
    const time = { transaction_date: '2026-10-20 11:22:33' }
    bench.state.list = [{ ...sample, ...time }]
    const { rows } = await readAll({ network, spec })
    expect(bench.server.received[0]?.url.searchParams.get('start_date')).toBe(
      '2026-10-01T00:00:00+00:00',
    )
    const eventAt = '2026-10-20T11:22:33.000Z'
    expect(rows).toMatchObject([{ eventAt }])
    expect(network.readPostback({ ...spec.postback, ...time }).row).toMatchObject({ eventAt })
  })

  it.each([
    ['/pub_api/v3/transactions', null],
    ['/api/v2/getTransactionDetails', '12345'],
  ])('go to %s if that path is set', async (path, publisher) => {
    const { url: baseUrl } = bench.server
    await readAll({
      network: cuelinks({ ...ANY, apiKey: 'k', publisherId: '12345', baseUrl, path }),
      spec,
    })
    expect(bench.server.received[0]?.url.pathname).toBe(path)
    expect(bench.server.received[0]?.url.searchParams.get('publisher_id')).toBe(publisher)
  })

  it('cover thirty days each', async () => {
    bench.state.list = []
    const quarter = { ...window, from: new Date('2026-08-02T00:00:00Z') }
    await readAll({ network: bench.networkAt(), spec: { ...spec, window: quarter } })
    const days = bench.server.received.map(({ url }) => url.searchParams.get('start_date'))
    expect(days).toEqual([
      '2026-08-02T05:30:00+05:30',
      '2026-09-01T05:30:00+05:30',
      '2026-10-01T05:30:00+05:30',
    ])
  })

  it('take 204 for an empty page, also when it is read again', async () => {
    bench.state.fault = () => ({ status: 204 })
    const { pages } = await readAll({ network: bench.networkAt(), spec })
    expect(pages).toEqual([{ rows: [], rejected: [], raw: null, total: 0 }])
    expect(bench.networkAt().readPage(null)).toEqual(pages[0])
  })

  it('take a plain-text 401 for refused credentials', async () => {
    const { body, headers, status } = readFixture('cuelinks/error.401').response
    bench.state.fault = () => ({ status, headers, body: String(body) })
    await expect(readAll({ network: bench.networkAt(), spec })).rejects.toMatchObject({
      code: 'network.unauthorized',
    })
  })
})
