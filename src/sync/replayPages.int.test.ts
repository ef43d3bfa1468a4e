import { readerOf } from '../ledger/readerOf.ts'
import { ADAPTERS } from '../networks/index.ts'
import type { SalePage, SaleRow } from '../networks/types.ts'
import { aNetwork, CASHBACK_MINOR, ordersOf, type ShoppedNetwork } from '../testing/aNetwork.ts'
import { balanceOf } from '../testing/factories.ts'
import { type Product, startProduct } from '../testing/startProduct.ts'
import { useSimulator } from '../testing/useSimulator.ts'
import { dryRun } from './dryRun.ts'
import { holdNetwork } from './holdNetwork.ts'
import { networkRow } from './networkRow.ts'
import { replayPages } from './replayPages.ts'
import { syncNetwork } from './syncNetwork.ts'

let product: Product
const simulator = useSimulator()
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const { signal } = new AbortController()
const optionsFor = async (name: string) => ({
  payload: product.payload,
  row: await networkRow(await readerOf(product), name),
  signal,
})
const sync = async (name: string) => syncNetwork(await optionsFor(name))
const replay = async (name: string, asked?: { from: Date; to: Date }) => {
  const options = { ...(await optionsFor(name)), asked }
  return holdNetwork({ ...options, network: options.row.id }, () => replayPages(options))
}
const requests = async () => (await simulator.control<{ total: number }>('/requests')).total

/** All of a network's sales, events and money, to be the same before and after. */
const books = (network: string) =>
  product.sql(`select s.external_id, s.status::text, s.observed_at, s.updated_at as sale, e.status::text as event,
      e.credited_minor, e.updated_at, w.key
    from network_transactions s left join cashback_events e on e.sale_id = s.id
    left join wallet_transactions w on w.cashback_event_id = e.id
    where s.network_id = '${network}' order by 1, w.key`)

type Read = (raw: unknown) => SalePage

/** A reader that was mended, for as long as the work takes. */
const withReader = async <T>(
  adapter: string,
  mend: (read: Read) => Read,
  work: () => Promise<T>,
): Promise<T> => {
  const known = ADAPTERS[adapter]
  if (!known) throw new Error(adapter)
  const { open } = known
  known.open = (options) => {
    const network = open(options)
    return { ...network, readPage: mend(network.readPage) }
  }
  try {
    return await work()
  } finally {
    known.open = open
  }
}

describe.each(['admitad', 'awin', 'cuelinks', 'vcommission'])('%s', (adapter) => {
  const aHistory = async () => {
    const network = await aNetwork(product, { adapter, simulator })
    const { clickId } = network
    for (const status of ['pending', 'approved'] as const) {
      await simulator.control('/orders', {
        orders: ordersOf(adapter, { clickId, count: 2, status }),
      })
      expect(await sync(network.name)).toEqual({ status: 'completed' })
    }
    expect(await balanceOf(product.payload, network.member)).toBe(2 * CASHBACK_MINOR)
    return network
  }

  it('pages that are read again by the same reader change nothing, and ask nobody', async () => {
    const network = await aHistory()
    const before = await books(network.id)
    const [asked, pages] = [await requests(), 'select count(*) from network_pages']
    const stored = await product.sql(pages)
    expect(await replay(network.name)).toEqual({ status: 'completed' })
    expect(await books(network.id)).toEqual(before)
    expect(await requests()).toBe(asked)
    expect(await product.sql(pages)).toEqual(stored)
    const [run] = await product.sql(`select window_by, status::text, changed from sync_runs
      where network_id = '${network.id}' order by id desc limit 1`)
    expect(run).toEqual({ window_by: 'replay', status: 'completed', changed: '0' })
  })

  it('what a mended reader reads takes the place of what was read, and money follows once', async () => {
    const network = await aHistory()
    const mended = (read: Read) => (raw: unknown) => {
      const page = read(raw)
      const double = (row: SaleRow) => ({ ...row, commissionMinor: row.commissionMinor * 2 })
      return { ...page, rows: page.rows.map(double) }
    }
    await withReader(adapter, mended, async () => {
      expect(await dryRun({ ...(await optionsFor(network.name)), isReplay: true })).toMatchObject({
        trial: {
          created: 0,
          changed: 2,
          cashback: { INR: { credited: 2 * CASHBACK_MINOR, takenBack: 0 } },
        },
      })
      expect(await balanceOf(product.payload, network.member)).toBe(2 * CASHBACK_MINOR)
      expect(await replay(network.name)).toEqual({ status: 'completed' })
      expect(await replay(network.name)).toEqual({ status: 'completed' })
    })
    expect(await balanceOf(product.payload, network.member)).toBe(4 * CASHBACK_MINOR)
    const moves = await product.sql<{ kind: string }>(`select w.kind from wallet_transactions w
      join cashback_events e on e.id = w.cashback_event_id where e.member_id = '${network.member}'`)
    expect(moves.map(({ kind }) => kind)).toEqual(['cashback', 'cashback', 'cashback', 'cashback'])
  })

  it('rows that were kept aside are sales once they can be read, and settled by that', async () => {
    const network = await aNetwork(product, { adapter, simulator })
    await twoOf(network, adapter, ['XXZ', 'INR'])
    expect(await sync(network.name)).toEqual({ status: 'completed' })
    expect(await balanceOf(product.payload, network.member)).toBe(CASHBACK_MINOR)
    expect(await replay(network.name)).toEqual({ status: 'completed' })
    expect(await balanceOf(product.payload, network.member)).toBe(CASHBACK_MINOR)
    expect(await aside(network.id)).toMatchObject([OPEN])
    await withReader(adapter, knowing('XXZ'), async () => {
      expect(await replay(network.name)).toEqual({ status: 'completed' })
    })
    expect(await balanceOf(product.payload, network.member)).toBe(2 * CASHBACK_MINOR)
    expect(await aside(network.id)).toMatchObject([SETTLED])
  })
})

/** Two sales, in currencies of which nobody knows some. */
const twoOf = async ({ clickId }: ShoppedNetwork, adapter: string, currencies: string[]) => {
  const orders = ordersOf(adapter, { clickId, count: 2 })
  for (const [index, { timeline }] of orders.entries()) {
    for (const entry of timeline) Object.assign(entry, { currency: currencies[index] })
  }
  await simulator.control('/orders', { orders })
}
const knowing = (currency: string) => (read: Read) => (raw: unknown) =>
  read(JSON.parse(JSON.stringify(raw).replaceAll(currency, 'INR')))

const OPEN = { settled_at: null, settled_by: null }
const SETTLED = { settled_at: expect.any(String), settled_by: 'replay' }
const aside = (network: string) =>
  product.sql(`select id, page_id, settled_at, settled_by::text from quarantined_rows
    where network_id = '${network}' order by raw::text like '%XXZ%' desc`)

describe('rows that were kept aside', () => {
  const aPair = async () => {
    const network = await aNetwork(product, { adapter: 'vcommission', simulator })
    await twoOf(network, 'vcommission', ['XXZ', 'XXY'])
    await sync(network.name)
    return network
  }
  const replayKnowing = (currency: string, name: string, asked?: { from: Date; to: Date }) =>
    withReader('vcommission', knowing(currency), () => replay(name, asked))

  it('stay open one by one as long as they are rejected', async () => {
    const network = await aPair()
    await replayKnowing('XXZ', network.name)
    expect(await aside(network.id)).toMatchObject([SETTLED, OPEN])
    await replayKnowing('XXY', network.name)
    expect(await aside(network.id)).toMatchObject([OPEN, SETTLED])
  })

  it('that were settled are open again when the network tells them again', async () => {
    const network = await aPair()
    await withReader('vcommission', knowing('XXZ'), () =>
      withReader('vcommission', knowing('XXY'), () => replay(network.name)),
    )
    expect(await aside(network.id)).toMatchObject([SETTLED, SETTLED])
    await sync(network.name)
    expect(await aside(network.id)).toMatchObject([OPEN, OPEN])
    expect(await lastQuarantined(network.id)).toBe('0')
  })

  it('are of the page that they came in last, and no other settles them', async () => {
    const network = await aPair()
    await sync(network.name)
    const pages = await product.sql<{ id: string; at: string }>(`select id, observed_at as at
      from network_pages where network_id = '${network.id}' order by observed_at, id`)
    const [first, last] = [pages[0], pages.at(-1)]
    await replayKnowing('XXZ', network.name, { from: new Date(0), to: new Date(first?.at ?? '') })
    const open = { ...OPEN, page_id: last?.id }
    expect(await aside(network.id)).toMatchObject([open, open])
    await replayKnowing('XXZ', network.name, { from: new Date(last?.at ?? ''), to: new Date() })
    expect(await aside(network.id)).toMatchObject([SETTLED, open])
  })

  it('that a person settled stay so, however often they come', async () => {
    const network = await aPair()
    const settled = { settled_at: expect.any(String), settled_by: 'person' }
    await product.sql(`update quarantined_rows set settled_at = now(), settled_by = 'person'
      where network_id = '${network.id}'`)
    await sync(network.name)
    await replay(network.name)
    expect(await aside(network.id)).toMatchObject([settled, settled])
  })

  const lastQuarantined = async (network: string) => {
    const [run] = await product.sql<{ quarantined: string }>(`select quarantined from sync_runs
      where network_id = '${network}' order by id desc limit 1`)
    return run?.quarantined
  }
})

it('a page that no reader knows is told of, and holds up no other', async () => {
  const network = await aNetwork(product, { adapter: 'vcommission', simulator })
  const { clickId } = network
  await simulator.control('/orders', { orders: ordersOf('vcommission', { clickId, count: 2 }) })
  await product.sql(`insert into network_pages (id, network_id, number, rows, body, observed_at)
    values (time_ordered_uuid(), '${network.id}', 1, 1, '"a file"', now() - interval '1 day')`)
  await sync(network.name)
  expect(await replay(network.name)).toMatchObject({
    status: 'failed',
    errorCode: 'sync.unread-pages',
  })
  const from = new Date(Date.now() - 3_600_000)
  expect(await replay(network.name, { from, to: new Date() })).toEqual({ status: 'completed' })
})
