import {
  buildOrders,
  createSimulatedNetwork,
} from '../../../test/support/networks/simulatedNetwork.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { useSimulator } from '../../../test/support/useSimulator.ts'
import { type SyncChoice, syncNow } from './syncNow.ts'

let product: Product
const simulator = useSimulator()
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const sync = async (over: Partial<SyncChoice>) => {
  const written: string[] = []
  const screen = {
    isTTY: true,
    columns: 120,
    rows: 24,
    write: (text: string) => written.push(text),
  }
  const options = {
    network: undefined,
    chosenWindow: undefined,
    isReplay: false,
    isDry: false,
    ...over,
  }
  const { signal } = new AbortController()
  const ends = await syncNow({ ...options, payload: product.payload, signal, screen })
  return { written, ends }
}

it('shows the progress of each network in a dry run, a run and a replay, and clears it', async () => {
  const [one, other] = [
    await createSimulatedNetwork(product, { adapter: 'vcommission', simulator }),
    await createSimulatedNetwork(product, { adapter: 'awin', simulator }),
  ]
  for (const [adapter, { clickId }] of [
    ['vcommission', one],
    ['awin', other],
  ] as const) {
    await simulator.control('/orders', { orders: buildOrders(adapter, { clickId, count: 3 }) })
  }
  await simulator.control('/networks', { network: 'awin', perMinute: null })
  for (const over of [{ isDry: true }, {}, { isReplay: true }]) {
    const { ends, written } = await sync(over)
    expect(ends.map(({ status }) => status)).toEqual(['completed', 'completed'])
    const shown = written.at(-2) ?? ''
    expect(shown).toMatch(new RegExp(`${one.name}  █+  3 of 3 rows, \\d+ pages?, ended`))
    expect(shown).toMatch(new RegExp(`${other.name}  \\d+ rows, \\d+ pages?, ended`))
    expect(written.at(-1)).toBe('\r\x1b[J')
  }
})
