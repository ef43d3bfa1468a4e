import { holdNetwork } from '../src/sync/holdNetwork.ts'
import { aNetwork } from '../src/testing/aNetwork.ts'
import { type Product, startProduct } from '../src/testing/startProduct.ts'
import { useSimulator } from '../src/testing/useSimulator.ts'
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

it('its report says of each network how it ended, and why where it was not read', async () => {
  const [read, busy, failing] = [
    await aNetwork(product, { adapter: 'vcommission', simulator }),
    await aNetwork(product, { adapter: 'vcommission', simulator }),
    await aNetwork(product, { adapter: 'cuelinks', simulator }),
  ]
  await simulator.control('/faults', { provider: 'cuelinks', fault: 'unauthorized' })
  const held = { payload: product.payload, network: busy.id, signal }
  expect(await holdNetwork(held, run)).toEqual({
    [read.name]: 'completed',
    [busy.name]: 'skipped: another run is at it',
    [failing.name]: 'failed: network.unauthorized',
  })
})
