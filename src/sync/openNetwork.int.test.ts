import { readerOf } from '../ledger/readerOf.ts'
import { aNetwork } from '../testing/aNetwork.ts'
import { type Product, startProduct } from '../testing/startProduct.ts'
import { useSimulator } from '../testing/useSimulator.ts'
import { awaitTurn } from './awaitTurn.ts'
import { networkRow } from './networkRow.ts'
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

it('a run asks nothing before its turn, by the account’s setting, and stops when told to', async () => {
  const { payload } = product
  const settings = { requestsPerMinute: 1 }
  const { id, name } = await aNetwork(product, { adapter: 'awin', settings, simulator })
  const turn = { payload: { db: { ...payload.db } }, network: id, ...settings }
  await awaitTurn(turn, new AbortController().signal) // another process was just there

  const stopping = new AbortController()
  const row = await networkRow(await readerOf(product), name)
  const ended = syncNetwork({ payload, row, signal: stopping.signal })
  await until(`select 1 from rate_limits where key like '%${id}' and points = 2`)
  stopping.abort()
  expect(await ended).toEqual({ status: 'stopped' })
  expect(await simulator.control('/requests?provider=awin')).toMatchObject({ requests: [] })
})
