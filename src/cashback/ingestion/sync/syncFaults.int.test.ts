import { provideEnv } from '../../../config/env.ts'
import { readDb } from '../../../database/readDb.ts'
import { createNetworks } from '../../../simulator/networks/networks.ts'
import { faultsOf } from '../../../simulator/networks/serve/faultsOf.ts'
import type { AnyFault } from '../../../simulator/types.ts'
import {
  buildOrders,
  CASHBACK_MINOR,
  createSimulatedNetwork,
  CREDENTIALS,
} from '../../../../test/support/networks/simulatedNetwork.ts'
import { readBalance } from '../../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'
import { useSimulator } from '../../../../test/support/useSimulator.ts'
import { loadNetwork } from '../networkStore.ts'
import { networksOptions } from './networksOptions.ts'
import { syncNetwork } from './syncNetwork.ts'

const ORDERS = 3
/** Above the time-out below, above the limit of 8 MB, and above that of 200,000 values. */
const SIZES: Partial<Record<AnyFault, { seconds?: number; megabytes?: number }>> = {
  slow: { seconds: 0.7 },
  'slow-body': { seconds: 0.7 },
  'huge-rows': { megabytes: 9 },
  'many-rows': { megabytes: 1 },
  'huge-text': { megabytes: 9 },
  'gzip-bomb': { megabytes: 9 },
}
let product: Product
const simulator = useSimulator()
beforeAll(async () => {
  provideEnv({ NETWORK_TIMEOUT_MS: '400' })
  product = await startProduct()
  // src/cashback/networks/http waits as long as a network requests.
  networksOptions(product.payload).wiring = { backOff: () => Promise.resolve() }
})
afterAll(() => product.close())

const sync = async (name: string) =>
  syncNetwork({
    payload: product.payload,
    network: await loadNetwork(await readDb(product), name),
    signal: new AbortController().signal,
  })

/** Small pages, so that the list has several of them, for networks with a setting for it. */
const settingsFor = (adapter: string) =>
  ['admitad', 'cuelinks'].includes(adapter) ? { pageSize: 2 } : {}

const runsOf = (network: string) =>
  product.sql<{ status: string; error_code: string | null; error: string | null }>(
    `select status::text, error_code, error from sync_runs where network_id = '${network}' order by id`,
  )

it('every network with a simulator is tested', () => {
  expect(
    createNetworks()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(Object.keys(CREDENTIALS).sort())
})

/** The limits of size are those of one reader, so one network shows that a sync survives them. */
const OF_SIZE: AnyFault[] = ['huge-rows', 'many-rows', 'deep-rows', 'huge-text', 'gzip-bomb']
const cases = createNetworks().map((one, index) => {
  const faults = faultsOf(one)
  return [one.name, index ? faults.filter((fault) => !OF_SIZE.includes(fault)) : faults] as const
})

describe.each(cases)('%s', (adapter, faults) => {
  const prepare = async () => {
    const network = await createSimulatedNetwork(product, {
      adapter,
      simulator,
      settings: settingsFor(adapter),
    })
    const { clickId } = network
    await simulator.control('/orders', {
      orders: buildOrders(adapter, { clickId, count: ORDERS }),
    })
    return network
  }
  const expectWhole = async ({ id, member, name }: Awaited<ReturnType<typeof prepare>>) => {
    await simulator.control('/faults', undefined, 'DELETE')
    expect(await sync(name)).toEqual({ status: 'completed' })
    expect(await readBalance(product.payload, member)).toBe(ORDERS * CASHBACK_MINOR)
    expect((await runsOf(id)).filter(({ status }) => status === 'running')).toEqual([])
  }

  it.each(faults)('a single %s fault loses no money', async (fault) => {
    const network = await prepare()
    await simulator.control('/faults', { provider: adapter, fault, times: 1, ...SIZES[fault] })
    const end = await sync(network.name)
    expect(['completed', 'failed']).toContain(end.status)
    await expectWhole(network)
  })

  it.each(faults)('a lasting %s fault ends the run, and the next run recovers', async (fault) => {
    const network = await prepare()
    await simulator.control('/faults', { provider: adapter, fault, ...SIZES[fault] })
    const end = await sync(network.name)
    const runs = await runsOf(network.id)
    expect(runs.at(-1)).toMatchObject({ status: end.status })
    if (end.status === 'failed') {
      expect(runs.at(-1)).toMatchObject({ error_code: end.errorCode, error: end.error })
      expect(end.errorCode).toMatch(/^network\./)
    }
    expect(await readBalance(product.payload, network.member)).toBeLessThanOrEqual(
      ORDERS * CASHBACK_MINOR,
    )
    await expectWhole(network)
  })
})
