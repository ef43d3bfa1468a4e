import { inspect } from 'node:util'
import { gzipSync } from 'node:zlib'

import { backOff } from '../../../src/cashback/networks/http/backOff.ts'
import { NetworkError } from '../../../src/cashback/networks/NetworkError.ts'
import { CANARY, type NetworkSpec, openBench, readAll } from './networkSpec.ts'
import { type Reply, startNetwork } from './startNetwork.ts'

const HTML = { headers: { 'content-type': 'text/html' }, body: '<html></html>' }
const TRIES = 5
const TIMEOUT_MS = 200

type Expected = { code: string; isRetryable: boolean; tries?: number }
const retried = (code: string): Expected => ({ code, isRetryable: true, tries: TRIES })
const final = (code: string): Expected => ({ code, isRetryable: false, tries: 1 })

const FAULTS: [string, Reply, Expected][] = [
  ...[500, 502, 503, 504].map((status): [string, Reply, Expected] => [
    `${status} without JSON`,
    { status, ...HTML },
    retried('network.unavailable'),
  ]),
  ['429', { status: 429, json: {} }, retried('network.rate-limited')],
  ['404', { status: 404, json: {} }, final('network.refused')],
  ['a page of HTML', { ...HTML }, retried('network.bad-answer')],
  ['an empty 200', { body: '' }, retried('network.bad-answer')],
  ['half of the JSON', { body: '{"results": [' }, retried('network.bad-answer')],
  ['JSON that is not a page', { json: { ok: true } }, retried('network.bad-answer')],
  ['null', { json: null }, retried('network.bad-answer')],
  [
    'a response that is cut off',
    (response) => {
      response.writeHead(200, { 'content-length': '500' })
      response.write('{', () => response.socket?.destroy())
    },
    retried('network.bad-answer'),
  ],
  [
    'a reset connection',
    (response) => response.socket?.resetAndDestroy(),
    retried('network.unavailable'),
  ],
]

/** Tests that each fault has its code, is tried five times if retryable, and never shows a key. */
export const testNetworkFaults = (spec: NetworkSpec): void => {
  let bench: Awaited<ReturnType<typeof openBench>>
  beforeAll(async () => {
    bench = await openBench(spec)
  })
  beforeEach(() => bench.reset())
  afterAll(() => bench.server.close())

  const readFailing = async (
    at: Parameters<typeof bench.networkAt>[0] = {},
    signal?: AbortSignal,
  ) => {
    const reading = readAll({ network: bench.networkAt(at), spec, ...(signal ? { signal } : {}) })
    const error = await reading.then(
      () => null,
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(NetworkError)
    expect(inspect(error, { depth: 9 })).not.toContain(CANARY)
    return error as NetworkError
  }

  it.each(FAULTS)('%s has its error code', async (_name, reply, { code, isRetryable, tries }) => {
    bench.state.fault = () => reply
    expect(await readFailing()).toMatchObject({ code, isRetryable })
    expect(bench.state.requests).toBe(tries)
    expect(bench.state.waits).toHaveLength(bench.state.requests - 1)
  })

  it.each(FAULTS.filter(([, , { isRetryable }]) => isRetryable))(
    '%s that ends after two requests loses no row',
    async (_name, reply) => {
      bench.state.fault = () => (bench.state.requests <= 2 ? reply : null)
      expect((await readAll({ network: bench.networkAt(), spec })).ids).toHaveLength(3)
    },
  )

  it('of the credentials is final, and its error does not contain them', async () => {
    bench.state.fault = ({ headers, url }) => ({
      status: 401,
      headers: { 'www-authenticate': `Bearer error="${CANARY}"` },
      json: { error: `${url.href} ${JSON.stringify(headers)} ${CANARY}` },
    })
    const error = await readFailing()
    expect(error).toMatchObject({ code: 'network.unauthorized', isRetryable: false })
    expect(bench.state.requests).toBe(1)
  })

  it.each([
    ['7', 7_000],
    ['0', 1_000],
    ['86400', 900_000],
    ['Fri, 20 Nov 2020 10:00:00 GMT', 1_000],
  ])('with the Retry-After %s is retried after %i ms', async (header, ms) => {
    bench.state.fault = () =>
      bench.state.requests === 1 ? { status: 429, headers: { 'retry-after': header } } : null
    await readAll({ network: bench.networkAt(), spec })
    expect(bench.state.waits).toEqual([ms])
  })

  it('of too many requests, without a Retry-After, is retried after a minute or more', async () => {
    bench.state.fault = () => (bench.state.requests === 1 ? { status: 429 } : null)
    await readAll({ network: bench.networkAt(), spec })
    expect(bench.state.waits[0]).toBeGreaterThanOrEqual(60_000)
    bench.reset()
    bench.state.fault = () => (bench.state.requests === 1 ? { status: 429 } : null)
    await readAll({ network: bench.networkAt({ rateLimitMs: 1_000 }), spec })
    expect(bench.state.waits[0]).toBeLessThanOrEqual(1_250)
  })

  it.each<[string, Reply]>([
    ['no response', () => undefined],
    ['a response that never ends', (response) => response.writeHead(200).write('{')],
    ['a response byte by byte', (response) => drip(response)],
  ])('of %s ends at the configured timeout', async (_name, reply) => {
    bench.state.fault = () => reply
    const error = await readFailing({ timeoutMs: TIMEOUT_MS })
    expect(error).toMatchObject({ code: 'network.timeout', isRetryable: true })
    expect(bench.state.requests).toBe(TRIES)
  })

  it('of the address has a code: no server listens, no such host, no address', async () => {
    const gone = await startNetwork(() => ({}))
    await gone.close()
    for (const baseUrl of [gone.url, 'http://network.invalid']) {
      expect(await readFailing({ baseUrl })).toMatchObject(
        expect.objectContaining({ code: 'network.unavailable', isRetryable: true }),
      )
    }
    expect(await readFailing({ baseUrl: `nowhere ${CANARY}` })).toMatchObject({
      code: 'network.refused',
    })
  })

  it('of ten tries opens the circuit, and no more requests are sent', async () => {
    bench.state.fault = () => ({ status: 500 })
    const network = bench.networkAt()
    const read = () => readAll({ network, spec })
    await expect(read()).rejects.toMatchObject({ code: 'network.unavailable' })
    await expect(read()).rejects.toMatchObject({ code: 'network.unavailable' })
    await expect(read()).rejects.toMatchObject({ message: expect.stringContaining('paused') })
    expect(bench.state.requests).toBe(2 * TRIES)
  })

  it('of the shared rate limit is retryable', async () => {
    const beforeRequest = () => Promise.reject(new Error(CANARY))
    expect(await readFailing({ beforeRequest })).toMatchObject({
      code: 'network.unavailable',
      isRetryable: true,
    })
  })

  it.each<[string, () => Reply]>([
    ['60 MB of empty rows', () => ({ body: fillRows(20_000_000) })],
    ['8 MB of empty rows', () => ({ body: fillRows(2_600_000) })],
    ['deep lists', () => ({ body: '['.repeat(1_000_000) })],
    ['one text of 60 MB', () => ({ body: `["${'x'.repeat(60_000_000)}"]` })],
    ['100 MB, compressed', () => ({ headers: { 'content-encoding': 'gzip' }, body: GZIP_BOMB })],
    ['10,001 rows', () => ({ json: spec.bodyOf({ rows: Array(10_001).fill({}), total: 1 }) })],
  ])('of size is final, and is not tried again: %s', async (_name, replyOf) => {
    const reply = replyOf()
    bench.state.fault = () => reply
    expect(await readFailing()).toMatchObject({ code: 'network.too-large', isRetryable: false })
    // A list without pages is requested by half of its time.
    expect(bench.state.requests).toBeLessThanOrEqual(spec.isUnpaged ? 10 : 1)
  })

  it.each([301, 302, 303, 307, 308])(
    'is not a redirect %i on the same host, which is followed',
    async (status) => {
      bench.state.fault = ({ url }) => {
        if (url.pathname.startsWith('/moved')) return null
        return { status, headers: { location: `/moved${url.pathname}${url.search}` } }
      }
      expect((await readAll({ network: bench.networkAt(), spec })).ids).toHaveLength(3)
    },
  )

  it('is a redirect to another host: it is final, and that host gets no key', async () => {
    const other = await startNetwork(() => ({ json: {} }))
    bench.state.fault = () => ({ status: 302, headers: { location: `${other.url}/?${CANARY}` } })
    expect(await readFailing()).toMatchObject({ code: 'network.bad-answer', isRetryable: false })
    expect(other.received).toEqual([])
    await other.close()
  })

  it('is not a compressed response', async () => {
    const json = spec.bodyOf({ rows: bench.state.list, total: 3 })
    const body = gzipSync(JSON.stringify(json))
    bench.state.fault = () => ({ headers: { 'content-encoding': 'gzip' }, body })
    expect((await readAll({ network: bench.networkAt(), spec })).ids).toHaveLength(3)
    bench.state.fault = () => ({
      headers: { 'content-encoding': 'gzip' },
      body: body.subarray(0, 40),
    })
    expect(await readFailing()).toMatchObject({ code: 'network.bad-answer', isRetryable: true })
  })

  describe('by a stop signal', () => {
    const stopped = { code: 'network.stopped', isRetryable: false }

    it('before the first request sends none', async () => {
      expect(await readFailing({}, AbortSignal.abort())).toMatchObject(stopped)
      expect(bench.server.received).toEqual([])
    })

    it('while a response is awaited sends no other request', async () => {
      const stopping = new AbortController()
      bench.state.fault = () => () => stopping.abort()
      expect(await readFailing({}, stopping.signal)).toMatchObject(stopped)
      expect(bench.state.requests).toBe(1)
    })

    it('while it backs off sends no other request', async () => {
      const stopping = new AbortController()
      bench.state.fault = () => ({ status: 429, headers: { 'retry-after': '900' } })
      const stopAndBackOff = (ms: number, signal: AbortSignal) => {
        setImmediate(() => stopping.abort())
        return backOff(ms, signal)
      }
      expect(await readFailing({ backOff: stopAndBackOff }, stopping.signal)).toMatchObject(stopped)
      expect(bench.state.requests).toBe(1)
    })

    it('while it waits for the rate limit sends no request', async () => {
      const stopping = new AbortController()
      const beforeRequest = () => {
        stopping.abort()
        return new Promise<void>(() => undefined)
      }
      expect(await readFailing({ beforeRequest }, stopping.signal)).toMatchObject(stopped)
      expect(bench.server.received).toEqual([])
    })
  })
}

const fillRows = (count: number): Buffer => Buffer.alloc(count * 3, '{},').fill('[{}', 0, 3)
const GZIP_BOMB = gzipSync(Buffer.alloc(100_000_000, ' '))

const drip = (response: { write: (text: string) => unknown; destroyed: boolean }): void => {
  const timer = setInterval(() => {
    if (response.destroyed) clearInterval(timer)
    else response.write(' ')
  }, 20)
}
