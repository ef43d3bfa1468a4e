import { readDb } from '../../../database/readDb.ts'
import { ADAPTERS } from '../../networks/index.ts'
import type { TransactionPage, TransactionRow } from '../../networks/types.ts'
import {
  buildOrders,
  CASHBACK_MINOR,
  createSimulatedNetwork,
  type SimulatedNetwork,
} from '../../../../test/support/networks/simulatedNetwork.ts'
import { readBalance } from '../../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'
import { useSimulator } from '../../../../test/support/useSimulator.ts'
import { dryRun } from './dryRun.ts'
import { syncNetwork, withSyncLock } from './syncNetwork.ts'
import { loadNetwork } from '../networkStore.ts'
import { replayPages } from './replayPages.ts'

let product: Product
const simulator = useSimulator()
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const { signal } = new AbortController()
const optionsFor = async (name: string) => ({
  payload: product.payload,
  network: await loadNetwork(await readDb(product), name),
  signal,
})
const sync = async (name: string) => syncNetwork(await optionsFor(name))
const replay = async (name: string, chosenWindow?: { from: Date; to: Date }) => {
  const options = { ...(await optionsFor(name)), chosenWindow }
  return withSyncLock({ ...options, networkId: options.network.id }, () => replayPages(options))
}
const requests = async () => (await simulator.control<{ total: number }>('/requests')).total

/** All of a network's transactions, events and money, for comparison before and after. */
const books = (network: string) =>
  product.sql(`select s.external_id, s.status::text, s.observed_at, s.updated_at as transaction, e.status::text as event,
      e.credited_minor, e.updated_at, w.key
    from network_transactions s left join cashback_events e on e.transaction_id = s.id
    left join wallet_transactions w on w.cashback_event_id = e.id
    where s.network_id = '${network}' order by 1, w.key`)

type Read = (raw: unknown) => TransactionPage

/** Replaces an adapter's reader during the work. */
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
  const syncOrders = async () => {
    const network = await createSimulatedNetwork(product, { adapter, simulator })
    const { clickId } = network
    for (const status of ['pending', 'approved'] as const) {
      await simulator.control('/orders', {
        orders: buildOrders(adapter, { clickId, count: 2, status }),
      })
      expect(await sync(network.name)).toEqual({ status: 'completed' })
    }
    expect(await readBalance(product.payload, network.member)).toBe(2 * CASHBACK_MINOR)
    return network
  }

  it('a replay with the same adapter changes nothing, and sends no request', async () => {
    const network = await syncOrders()
    const before = await books(network.id)
    const [sent, pages] = [await requests(), 'select count(*) from network_pages']
    const stored = await product.sql(pages)
    expect(await replay(network.name)).toEqual({ status: 'completed' })
    expect(await books(network.id)).toEqual(before)
    expect(await requests()).toBe(sent)
    expect(await product.sql(pages)).toEqual(stored)
    const [run] = await product.sql(`select window_by, status::text, changed from sync_runs
      where network_id = '${network.id}' order by id desc limit 1`)
    expect(run).toEqual({ window_by: 'replay', status: 'completed', changed: '0' })
  })

  it('a replay with a corrected adapter replaces the earlier rows, and credits the difference once', async () => {
    const network = await syncOrders()
    const corrected = (read: Read) => (raw: unknown) => {
      const page = read(raw)
      const double = (row: TransactionRow) => ({ ...row, commissionMinor: row.commissionMinor * 2 })
      return { ...page, rows: page.rows.map(double) }
    }
    await withReader(adapter, corrected, async () => {
      expect(await dryRun({ ...(await optionsFor(network.name)), isReplay: true })).toMatchObject({
        counts: {
          created: 0,
          changed: 2,
          cashback: { INR: { credited: 2 * CASHBACK_MINOR, takenBack: 0 } },
        },
      })
      expect(await readBalance(product.payload, network.member)).toBe(2 * CASHBACK_MINOR)
      expect(await replay(network.name)).toEqual({ status: 'completed' })
      expect(await replay(network.name)).toEqual({ status: 'completed' })
    })
    expect(await readBalance(product.payload, network.member)).toBe(4 * CASHBACK_MINOR)
    const moves = await product.sql<{ kind: string }>(`select w.kind from wallet_transactions w
      join cashback_events e on e.id = w.cashback_event_id where e.member_id = '${network.member}'`)
    expect(moves.map(({ kind }) => kind)).toEqual(['cashback', 'cashback', 'cashback', 'cashback'])
  })

  it('a replay resolves quarantined rows once they can be read, and stores their transactions', async () => {
    const network = await createSimulatedNetwork(product, { adapter, simulator })
    await twoOf(network, adapter, ['XXZ', 'INR'])
    expect(await sync(network.name)).toEqual({ status: 'completed' })
    expect(await readBalance(product.payload, network.member)).toBe(CASHBACK_MINOR)
    expect(await replay(network.name)).toEqual({ status: 'completed' })
    expect(await readBalance(product.payload, network.member)).toBe(CASHBACK_MINOR)
    expect(await listQuarantined(network.id)).toMatchObject([OPEN])
    await withReader(adapter, knowing('XXZ'), async () => {
      expect(await replay(network.name)).toEqual({ status: 'completed' })
    })
    expect(await readBalance(product.payload, network.member)).toBe(2 * CASHBACK_MINOR)
    expect(await listQuarantined(network.id)).toMatchObject([RESOLVED])
  })
})

/** Two transactions, in currencies of which some are unknown. */
const twoOf = async ({ clickId }: SimulatedNetwork, adapter: string, currencies: string[]) => {
  const orders = buildOrders(adapter, { clickId, count: 2 })
  for (const [index, { timeline }] of orders.entries()) {
    for (const entry of timeline) Object.assign(entry, { currency: currencies[index] })
  }
  await simulator.control('/orders', { orders })
}
const knowing = (currency: string) => (read: Read) => (raw: unknown) =>
  read(JSON.parse(JSON.stringify(raw).replaceAll(currency, 'INR')))

const OPEN = { resolved_at: null, resolved_by: null }
const RESOLVED = { resolved_at: expect.any(String), resolved_by: 'replay' }
const listQuarantined = (network: string) =>
  product.sql(`select id, page_id, resolved_at, resolved_by::text from quarantined_rows
    where network_id = '${network}' order by raw::text like '%XXZ%' desc`)

describe('quarantined rows', () => {
  const preparePair = async () => {
    const network = await createSimulatedNetwork(product, { adapter: 'vcommission', simulator })
    await twoOf(network, 'vcommission', ['XXZ', 'XXY'])
    await sync(network.name)
    return network
  }
  const replayKnowing = (currency: string, name: string, chosenWindow?: { from: Date; to: Date }) =>
    withReader('vcommission', knowing(currency), () => replay(name, chosenWindow))

  it('stay open while they are rejected, independently of each other', async () => {
    const network = await preparePair()
    await replayKnowing('XXZ', network.name)
    expect(await listQuarantined(network.id)).toMatchObject([RESOLVED, OPEN])
    await replayKnowing('XXY', network.name)
    expect(await listQuarantined(network.id)).toMatchObject([OPEN, RESOLVED])
  })

  it('that a replay resolved are open again once the network reports them again', async () => {
    const network = await preparePair()
    await withReader('vcommission', knowing('XXZ'), () =>
      withReader('vcommission', knowing('XXY'), () => replay(network.name)),
    )
    expect(await listQuarantined(network.id)).toMatchObject([RESOLVED, RESOLVED])
    await sync(network.name)
    expect(await listQuarantined(network.id)).toMatchObject([OPEN, OPEN])
    expect(await lastQuarantined(network.id)).toBe('0')
  })

  it('belong to the last page that contained them, and a replay of another page does not resolve them', async () => {
    const network = await preparePair()
    await sync(network.name)
    const pages = await product.sql<{ id: string; at: string }>(`select id, observed_at as at
      from network_pages where network_id = '${network.id}' order by observed_at, id`)
    const [first, last] = [pages[0], pages.at(-1)]
    await replayKnowing('XXZ', network.name, { from: new Date(0), to: new Date(first?.at ?? '') })
    const open = { ...OPEN, page_id: last?.id }
    expect(await listQuarantined(network.id)).toMatchObject([open, open])
    await replayKnowing('XXZ', network.name, { from: new Date(last?.at ?? ''), to: new Date() })
    expect(await listQuarantined(network.id)).toMatchObject([RESOLVED, open])
  })

  it('that a person resolved stay resolved when they are reported again', async () => {
    const network = await preparePair()
    const resolved = { resolved_at: expect.any(String), resolved_by: 'person' }
    await product.sql(`update quarantined_rows set resolved_at = now(), resolved_by = 'person'
      where network_id = '${network.id}'`)
    await sync(network.name)
    await replay(network.name)
    expect(await listQuarantined(network.id)).toMatchObject([resolved, resolved])
  })

  const lastQuarantined = async (network: string) => {
    const [run] = await product.sql<{ quarantined: string }>(`select quarantined from sync_runs
      where network_id = '${network}' order by id desc limit 1`)
    return run?.quarantined
  }
})

it('a page that the adapter does not recognise fails the run, and the other pages are replayed', async () => {
  const network = await createSimulatedNetwork(product, { adapter: 'vcommission', simulator })
  const { clickId } = network
  await simulator.control('/orders', { orders: buildOrders('vcommission', { clickId, count: 2 }) })
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
