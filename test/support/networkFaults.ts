import { inspect } from 'node:util'
import { gzipSync } from 'node:zlib'

import { backOff } from '../../src/cashback/networks/http/backOff.ts'
import { NetworkError } from '../../src/cashback/networks/NetworkError.ts'
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
  ['JSON that is no page', { json: { ok: true } }, retried('network.bad-answer')],
  ['null', { json: null }, retried('network.bad-answer')],
  [
    'an answer that is cut off',
    (response) => {
      response.writeHead(200, { 'content-length': '500' })
      response.write('{', () => response.socket?.destroy())
    },
    retried('network.bad-answer'),
  ],
  ['a reset', (response) => response.socket?.resetAndDestroy(), retried('network.unavailable')],
]

/** That each way to fail has its code, costs five tries where these may help, and tells no key. */
export const networkFaults = (spec: NetworkSpec): void => {
  let bench: Awaited<ReturnType<typeof openBench>>
  beforeAll(async () => {
    bench = await openBench(spec)
  })
  beforeEach(() => bench.reset())
  afterAll(() => bench.server.close())

  const failureOf = async (
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

  it.each(FAULTS)('%s has its code', async (_name, reply, { code, isRetryable, tries }) => {
    bench.state.fault = () => reply
    expect(await failureOf()).toMatchObject({ code, isRetryable })
    expect(bench.state.asked).toBe(tries)
    expect(bench.state.waits).toHaveLength(bench.state.asked - 1)
  })

  it.each(FAULTS.filter(([, , { isRetryable }]) => isRetryable))(
    '%s that passes costs no row',
    async (_name, reply) => {
      bench.state.fault = () => (bench.state.asked <= 2 ? reply : null)
      expect((await readAll({ network: bench.networkAt(), spec })).ids).toHaveLength(3)
    },
  )

  it('of the credentials is final, and told without them', async () => {
    bench.state.fault = ({ headers, url }) => ({
      status: 401,
      headers: { 'www-authenticate': `Bearer error="${CANARY}"` },
      json: { error: `${url.href} ${JSON.stringify(headers)} ${CANARY}` },
    })
    const error = await failureOf()
    expect(error).toMatchObject({ code: 'network.unauthorized', isRetryable: false })
    expect(bench.state.asked).toBe(1)
  })

  it.each([
    ['7', 7_000],
    ['0', 1_000],
    ['86400', 900_000],
    ['Fri, 20 Nov 2020 10:00:00 GMT', 1_000],
  ])('that asks for a rest of %s gets one of %i ms', async (header, ms) => {
    bench.state.fault = () =>
      bench.state.asked === 1 ? { status: 429, headers: { 'retry-after': header } } : null
    await readAll({ network: bench.networkAt(), spec })
    expect(bench.state.waits).toEqual([ms])
  })

  it('of too many requests that says no time gets a minute or more', async () => {
    bench.state.fault = () => (bench.state.asked === 1 ? { status: 429 } : null)
    await readAll({ network: bench.networkAt(), spec })
    expect(bench.state.waits[0]).toBeGreaterThanOrEqual(60_000)
    bench.reset()
    bench.state.fault = () => (bench.state.asked === 1 ? { status: 429 } : null)
    await readAll({ network: bench.networkAt({ rateLimitMs: 1_000 }), spec })
    expect(bench.state.waits[0]).toBeLessThanOrEqual(1_250)
  })

  it.each<[string, Reply]>([
    ['no answer', () => undefined],
    ['an answer that never ends', (response) => response.writeHead(200).write('{')],
    ['an answer byte by byte', (response) => drip(response)],
  ])('of %s ends by the timeout that is set', async (_name, reply) => {
    bench.state.fault = () => reply
    const error = await failureOf({ timeoutMs: TIMEOUT_MS })
    expect(error).toMatchObject({ code: 'network.timeout', isRetryable: true })
    expect(bench.state.asked).toBe(TRIES)
  })

  it('before the network: nobody listens, no such name, no address', async () => {
    const gone = await startNetwork(() => ({}))
    await gone.close()
    for (const baseUrl of [gone.url, 'http://network.invalid']) {
      expect(await failureOf({ baseUrl })).toMatchObject(
        expect.objectContaining({ code: 'network.unavailable', isRetryable: true }),
      )
    }
    expect(await failureOf({ baseUrl: `nowhere ${CANARY}` })).toMatchObject({
      code: 'network.refused',
    })
  })

  it('opens the circuit: a network that is down is left alone after ten tries', async () => {
    bench.state.fault = () => ({ status: 500 })
    const network = bench.networkAt()
    const read = () => readAll({ network, spec })
    await expect(read()).rejects.toMatchObject({ code: 'network.unavailable' })
    await expect(read()).rejects.toMatchObject({ code: 'network.unavailable' })
    await expect(read()).rejects.toMatchObject({ message: expect.stringContaining('paused') })
    expect(bench.state.asked).toBe(2 * TRIES)
  })

  it('of the shared rate limit is one of ours, and retried', async () => {
    const beforeRequest = () => Promise.reject(new Error(CANARY))
    expect(await failureOf({ beforeRequest })).toMatchObject({
      code: 'network.unavailable',
      isRetryable: true,
    })
  })

  it.each([301, 302, 303, 307, 308])('is none: %i on the same host is followed', async (status) => {
    bench.state.fault = ({ url }) => {
      if (url.pathname.startsWith('/moved')) return null
      return { status, headers: { location: `/moved${url.pathname}${url.search}` } }
    }
    expect((await readAll({ network: bench.networkAt(), spec })).ids).toHaveLength(3)
  })

  it('is a redirect to another host: it gets no key, and it is final', async () => {
    const other = await startNetwork(() => ({ json: {} }))
    bench.state.fault = () => ({ status: 302, headers: { location: `${other.url}/?${CANARY}` } })
    expect(await failureOf()).toMatchObject({ code: 'network.bad-answer', isRetryable: false })
    expect(other.heard).toEqual([])
    await other.close()
  })

  it('is none: an answer may be packed', async () => {
    const json = spec.bodyOf({ rows: bench.state.list, total: 3 })
    const body = gzipSync(JSON.stringify(json))
    bench.state.fault = () => ({ headers: { 'content-encoding': 'gzip' }, body })
    expect((await readAll({ network: bench.networkAt(), spec })).ids).toHaveLength(3)
    bench.state.fault = () => ({
      headers: { 'content-encoding': 'gzip' },
      body: body.subarray(0, 40),
    })
    expect(await failureOf()).toMatchObject({ code: 'network.bad-answer', isRetryable: true })
  })

  describe('to be told to stop', () => {
    const stopped = { code: 'network.stopped', isRetryable: false }

    it('before: nothing is asked', async () => {
      expect(await failureOf({}, AbortSignal.abort())).toMatchObject(stopped)
      expect(bench.server.heard).toEqual([])
    })

    it('while an answer is awaited, and between two pages', async () => {
      const stopping = new AbortController()
      bench.state.fault = () => () => stopping.abort()
      expect(await failureOf({}, stopping.signal)).toMatchObject(stopped)
      expect(bench.state.asked).toBe(1)
    })

    it('while it rests', async () => {
      const stopping = new AbortController()
      bench.state.fault = () => ({ status: 429, headers: { 'retry-after': '900' } })
      const restTold = (ms: number, signal: AbortSignal) => {
        setImmediate(() => stopping.abort())
        return backOff(ms, signal)
      }
      expect(await failureOf({ backOff: restTold }, stopping.signal)).toMatchObject(stopped)
      expect(bench.state.asked).toBe(1)
    })

    it('while it waits for a place in the rate limit', async () => {
      const stopping = new AbortController()
      const beforeRequest = () => {
        stopping.abort()
        return new Promise<void>(() => undefined)
      }
      expect(await failureOf({ beforeRequest }, stopping.signal)).toMatchObject(stopped)
      expect(bench.server.heard).toEqual([])
    })
  })
}

const drip = (response: { write: (text: string) => unknown; destroyed: boolean }): void => {
  const timer = setInterval(() => {
    if (response.destroyed) clearInterval(timer)
    else response.write(' ')
  }, 20)
}
