import { withSyncLock } from '../../src/cashback/ingestion/sync/syncNetwork.ts'
import { createSimulatedNetwork } from '../../test/support/networks/simulatedNetwork.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'
import { useSimulator } from '../../test/support/useSimulator.ts'
import { syncNetworks } from './syncNetworks.ts'

let product: Product
const simulator = useSimulator()
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const { signal } = new AbortController()
const run = () =>
  syncNetworks.run({ payload: product.payload, now: new Date(), data: null, signal })

it('the report states for each network how its run ended, or why it was not read', async () => {
  const [read, busy, failing] = [
    await createSimulatedNetwork(product, { adapter: 'vcommission', simulator }),
    await createSimulatedNetwork(product, { adapter: 'vcommission', simulator }),
    await createSimulatedNetwork(product, { adapter: 'cuelinks', simulator }),
  ]
  await simulator.control('/faults', { provider: 'cuelinks', fault: 'unauthorized' })
  const held = { payload: product.payload, networkId: busy.id, signal }
  expect(await withSyncLock(held, run)).toEqual({
    [read.name]: 'completed',
    [busy.name]: 'skipped: another run is reading it',
    [failing.name]: 'failed: network.unauthorized',
  })
})
