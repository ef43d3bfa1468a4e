import { readDb } from '../../../database/readDb.ts'
import { createSimulatedNetwork } from '../../../../test/support/networks/simulatedNetwork.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'
import { useSimulator } from '../../../../test/support/useSimulator.ts'
import { acquireRateLimit } from './acquireRateLimit.ts'
import { loadNetwork } from '../networkStore.ts'
import { syncNetwork } from './syncNetwork.ts'

let product: Product
const simulator = useSimulator()
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const until = async (query: string) => {
  while ((await product.sql(query)).length === 0);
}

it('a run waits for the rate limit of the account’s settings, and stops when it is aborted', async () => {
  const { payload } = product
  const settings = { requestsPerMinute: 1 }
  const { id, name } = await createSimulatedNetwork(product, {
    adapter: 'awin',
    settings,
    simulator,
  })
  const request = { payload: { db: { ...payload.db } }, network: id, ...settings }
  await acquireRateLimit(request, new AbortController().signal) // by another process

  const stopping = new AbortController()
  const row = await loadNetwork(await readDb(product), name)
  const ended = syncNetwork({ payload, network: row, signal: stopping.signal })
  await until(`select 1 from rate_limits where key like '%${id}' and points = 2`)
  stopping.abort()
  expect(await ended).toEqual({ status: 'stopped' })
  expect(await simulator.control('/requests?provider=awin')).toMatchObject({ requests: [] })
})
