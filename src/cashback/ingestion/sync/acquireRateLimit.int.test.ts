import { type Product, startProduct } from '../../../../test/support/startProduct.ts'
import { acquireRateLimit } from './openNetwork.ts'

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

/** Time that passes only while a caller waits. */
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
/** Each process with a memory of its own. */
const processes = (count: number) =>
  Array.from({ length: count }, () => ({ db: { ...product.payload.db } }))

it('requests are spaced evenly over all processes: no minute has more than the network takes', async () => {
  const { clock, rest } = aClock()
  const taken: number[] = []
  const both = processes(2)
  for (let turn = 0; turn < 45; turn += 1) {
    const payload = both[turn % 2] ?? product.payload
    await acquireRateLimit({ payload, network: 'even', requestsPerMinute: 20, rest }, signal)
    taken.push(clock.now)
  }
  for (const [turn, at] of taken.entries()) {
    expect((taken[turn + 20] ?? Infinity) - at).toBeGreaterThanOrEqual(60_000)
  }
  expect(clock.now - (taken[0] ?? 0)).toBe(44 * 3_000)
})

it('networks do not wait for each other, and one without a limit never waits', async () => {
  const { clock, rest } = aClock()
  const { payload } = product
  for (const network of ['one', 'other']) {
    await acquireRateLimit({ payload, network, requestsPerMinute: 1, rest }, signal)
  }
  for (let turn = 0; turn < 3; turn += 1) {
    await acquireRateLimit({ payload, network: 'free', requestsPerMinute: null, rest }, signal)
  }
  expect(clock.waits).toEqual([])
  expect(await product.sql(`select 1 from rate_limits where key like '%free'`)).toEqual([])
})

it('a changed setting counts at once', async () => {
  const { clock, rest } = aClock()
  const { payload } = product
  for (const requestsPerMinute of [1, 20, 20]) {
    await acquireRateLimit({ payload, network: 'changed', requestsPerMinute, rest }, signal)
  }
  expect(clock.waits).toEqual([3_000])
})

it('an aborted caller stops waiting, and uses no request', async () => {
  const { payload } = product
  const turn = { payload, network: 'stopped', requestsPerMinute: 1 }
  await acquireRateLimit(turn, signal)
  const stopping = new AbortController()
  const waiting = acquireRateLimit(turn, stopping.signal)
  stopping.abort()
  await waiting
  expect(await product.sql(`select points from rate_limits where key like '%stopped'`)).toEqual([
    { points: 1 },
  ])
})

it('goes on while the database does not respond', async () => {
  const { clock, rest } = aClock()
  const [payload] = processes(1)
  if (!payload) throw new Error('a process')
  await product.sql('alter table rate_limits rename to rate_limits_away')
  try {
    const turn = { payload, network: 'insured', requestsPerMinute: 20, rest }
    await acquireRateLimit(turn, signal)
    await acquireRateLimit(turn, signal)
    expect(clock.waits).toEqual([3_000])
  } finally {
    await product.sql('alter table rate_limits_away rename to rate_limits')
  }
})
