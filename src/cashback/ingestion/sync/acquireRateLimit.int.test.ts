import { type Product, startProduct } from '../../../../test/support/startProduct.ts'
import { acquireRateLimit } from './acquireRateLimit.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())
const realNow = Date.now
afterEach(() => {
  Date.now = realNow
})

const { signal } = new AbortController()

/** Time that passes only while a caller waits. */
const replaceClock = () => {
  const clock = { now: realNow(), waits: [] as number[] }
  Date.now = () => clock.now
  const backOff = (ms: number) => {
    clock.now += ms
    clock.waits.push(ms)
    return Promise.resolve()
  }
  return { clock, backOff }
}
/** Processes that share the database and no memory. */
const processes = (count: number) =>
  Array.from({ length: count }, () => ({ db: { ...product.payload.db } }))

it('requests of all processes are spaced evenly, so that no minute exceeds the rate limit', async () => {
  const { clock, backOff } = replaceClock()
  const taken: number[] = []
  const both = processes(2)
  for (let request = 0; request < 45; request += 1) {
    const payload = both[request % 2] ?? product.payload
    await acquireRateLimit({ payload, network: 'even', requestsPerMinute: 20, backOff }, signal)
    taken.push(clock.now)
  }
  for (const [request, at] of taken.entries()) {
    expect((taken[request + 20] ?? Infinity) - at).toBeGreaterThanOrEqual(60_000)
  }
  expect(clock.now - (taken[0] ?? 0)).toBe(44 * 3_000)
})

it('networks do not wait for each other, and a network without a limit never waits', async () => {
  const { clock, backOff } = replaceClock()
  const { payload } = product
  for (const network of ['one', 'other']) {
    await acquireRateLimit({ payload, network, requestsPerMinute: 1, backOff }, signal)
  }
  for (let request = 0; request < 3; request += 1) {
    await acquireRateLimit({ payload, network: 'free', requestsPerMinute: null, backOff }, signal)
  }
  expect(clock.waits).toEqual([])
  expect(await product.sql(`select 1 from rate_limits where key like '%free'`)).toEqual([])
})

it('a changed rate limit applies at once', async () => {
  const { clock, backOff } = replaceClock()
  const { payload } = product
  for (const requestsPerMinute of [1, 20, 20]) {
    await acquireRateLimit({ payload, network: 'changed', requestsPerMinute, backOff }, signal)
  }
  expect(clock.waits).toEqual([3_000])
})

it('an aborted caller stops waiting, and uses no request', async () => {
  const { payload } = product
  const request = { payload, network: 'stopped', requestsPerMinute: 1 }
  await acquireRateLimit(request, signal)
  const stopping = new AbortController()
  const waiting = acquireRateLimit(request, stopping.signal)
  stopping.abort()
  await waiting
  expect(await product.sql(`select points from rate_limits where key like '%stopped'`)).toEqual([
    { points: 1 },
  ])
})

it('the rate limit still applies, per process, while the database does not respond', async () => {
  const { clock, backOff } = replaceClock()
  const [payload] = processes(1)
  if (!payload) throw new Error('a process')
  await product.sql('alter table rate_limits rename to rate_limits_away')
  try {
    const request = { payload, network: 'insured', requestsPerMinute: 20, backOff }
    await acquireRateLimit(request, signal)
    await acquireRateLimit(request, signal)
    expect(clock.waits).toEqual([3_000])
  } finally {
    await product.sql('alter table rate_limits_away rename to rate_limits')
  }
})
