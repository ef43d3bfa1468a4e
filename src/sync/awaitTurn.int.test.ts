import { type Product, startProduct } from '../testing/startProduct.ts'
import { awaitTurn } from './awaitTurn.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())
const worldsNow = Date.now
afterEach(() => {
  Date.now = worldsNow
})

const { signal } = new AbortController()

/** Time that passes while somebody waits, and at no other. */
const aClock = () => {
  const clock = { now: worldsNow(), waits: [] as number[] }
  Date.now = () => clock.now
  const rest = (ms: number) => {
    clock.now += ms
    clock.waits.push(ms)
    return Promise.resolve()
  }
  return { clock, rest }
}
/** Each with what it remembers of its own. */
const processes = (count: number) =>
  Array.from({ length: count }, () => ({ db: { ...product.payload.db } }))

it('turns come evenly, over all processes: no minute has more of them than the network takes', async () => {
  const { clock, rest } = aClock()
  const taken: number[] = []
  const both = processes(2)
  for (let turn = 0; turn < 45; turn += 1) {
    const payload = both[turn % 2] ?? product.payload
    await awaitTurn({ payload, network: 'even', requestsPerMinute: 20, rest }, signal)
    taken.push(clock.now)
  }
  for (const [turn, at] of taken.entries()) {
    expect((taken[turn + 20] ?? Infinity) - at).toBeGreaterThanOrEqual(60_000)
  }
  expect(clock.now - (taken[0] ?? 0)).toBe(44 * 3_000)
})

it('a network waits for its own turns alone, and one without a rate for none', async () => {
  const { clock, rest } = aClock()
  const { payload } = product
  for (const network of ['one', 'other']) {
    await awaitTurn({ payload, network, requestsPerMinute: 1, rest }, signal)
  }
  for (let turn = 0; turn < 3; turn += 1) {
    await awaitTurn({ payload, network: 'free', requestsPerMinute: null, rest }, signal)
  }
  expect(clock.waits).toEqual([])
  expect(await product.sql(`select 1 from rate_limits where key like '%free'`)).toEqual([])
})

it('a setting that changed counts at once', async () => {
  const { clock, rest } = aClock()
  const { payload } = product
  for (const requestsPerMinute of [1, 20, 20]) {
    await awaitTurn({ payload, network: 'changed', requestsPerMinute, rest }, signal)
  }
  expect(clock.waits).toEqual([3_000])
})

it('who is told to stop waits no longer, and takes no turn', async () => {
  const { payload } = product
  const turn = { payload, network: 'stopped', requestsPerMinute: 1 }
  await awaitTurn(turn, signal)
  const stopping = new AbortController()
  const waiting = awaitTurn(turn, stopping.signal)
  stopping.abort()
  await waiting
  expect(await product.sql(`select points from rate_limits where key like '%stopped'`)).toEqual([
    { points: 1 },
  ])
})

it('goes on while the database does not answer', async () => {
  const { clock, rest } = aClock()
  const [payload] = processes(1)
  if (!payload) throw new Error('a process')
  await product.sql('alter table rate_limits rename to rate_limits_away')
  try {
    const turn = { payload, network: 'insured', requestsPerMinute: 20, rest }
    await awaitTurn(turn, signal)
    await awaitTurn(turn, signal)
    expect(clock.waits).toEqual([3_000])
  } finally {
    await product.sql('alter table rate_limits_away rename to rate_limits')
  }
})
