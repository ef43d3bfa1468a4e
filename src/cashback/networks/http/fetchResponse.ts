import { fetchFrom } from '../../../platform/outbound/fetchFrom.ts'
import { PRIVATE_ADDRESS } from '../../../platform/outbound/guardLookup.ts'
import { type PrivateHosts, refuseUrl } from '../../../platform/outbound/refuseUrl.ts'
import { NetworkError, stoppedError } from '../NetworkError.ts'
import { createJsonMeter } from './measureJson.ts'
import type { NetworkResponse } from './types.ts'

type Exchange = {
  url: URL
  headers: Record<string, string>
  form?: Record<string, string> | undefined
  signal: AbortSignal
  timeoutMs: number
  /** The hosts that may be private and without TLS. */
  privateHosts: PrivateHosts
}

/**
 * Sends one request and reads its complete response. One deadline covers both, from the connection
 * to the last byte: a response that arrives byte by byte cannot block a run.
 *
 * @throws NetworkError and nothing else
 */
export const fetchResponse = async (exchange: Exchange): Promise<NetworkResponse> => {
  const { signal, timeoutMs, url } = exchange
  const deadline = new AbortController()
  let gaveUp: 'stopped' | 'timeout' | null = null
  const giveUp = (reason: 'stopped' | 'timeout') => {
    gaveUp ??= reason
    deadline.abort()
  }
  const stop = () => giveUp('stopped')
  const timer = setTimeout(() => giveUp('timeout'), timeoutMs)
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  let hasBegun = false
  try {
    const response = await fetchFollowing(exchange, deadline.signal)
    hasBegun = true
    const { headers, status } = response
    return {
      status,
      headers: Object.fromEntries(headers.entries()),
      body: parseBody(await readBody(response)),
    }
  } catch (error) {
    throw classifyFailure({ error, gaveUp, hasBegun, host: url.host })
  } finally {
    // A response that was given up half read would hold its connection.
    deadline.abort()
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}

const MAX_REDIRECTS = 5

type Response = Awaited<ReturnType<typeof fetchFrom>>

/** Follows redirects of a GET on the same host only, because the headers contain credentials. */
const fetchFollowing = async (exchange: Exchange, signal: AbortSignal): Promise<Response> => {
  const { form, headers, privateHosts } = exchange
  let { url } = exchange
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    const refusal = refuseUrl(url, privateHosts)
    if (refusal) throw new NetworkError('network.refused', { message: refusal })
    const response = await fetchFrom(url, privateHosts, {
      headers,
      signal,
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    })
    const location = response.headers.get('location')
    if (response.status < 300 || response.status >= 400 || location === null) return response
    await response.body?.cancel()
    const next = URL.canParse(location, url) ? new URL(location, url) : null
    if (form || next?.host !== url.host || next.protocol !== url.protocol) break
    url = next
  }
  throw new NetworkError('network.bad-answer', {
    message: `${exchange.url.host} redirects to another host, or too often`,
  })
}

const parseBody = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

/**
 * Reads the whole body, decompressed. What would fill the memory is refused while it arrives.
 *
 * @throws NetworkError `network.too-large`
 */
const readBody = async (response: Response): Promise<string> => {
  const parts: Uint8Array[] = []
  const measure = createJsonMeter()
  const reader = (response.body as ReadableStream<Uint8Array> | null)?.getReader()
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    measure(part.value)
    parts.push(part.value)
  }
  return Buffer.concat(parts).toString('utf8')
}

type Failed = {
  error: unknown
  host: string
  /** Why we aborted the request, if we did. */
  gaveUp: 'stopped' | 'timeout' | null
  /** Whether the headers of a response had arrived. */
  hasBegun: boolean
}

/**
 * Classifies a request without a complete response. Of the cause only its code is kept: messages of
 * Node and undici may contain whole URLs.
 */
const classifyFailure = ({ error, gaveUp, hasBegun, host }: Failed): NetworkError => {
  if (error instanceof NetworkError) return error
  if (gaveUp === 'stopped') return stoppedError()
  const code = findCode(error)
  if (code === PRIVATE_ADDRESS) {
    return new NetworkError('network.refused', {
      message: `${host} resolves to an address that is not public`,
    })
  }
  if (gaveUp === 'timeout' || TIMEOUTS.has(code)) {
    const message = `${host} sent no complete response in time`
    return new NetworkError('network.timeout', { message, isRetryable: true })
  }
  return hasBegun
    ? new NetworkError('network.bad-answer', {
        message: `${host} broke off its response${formatCode(code)}`,
        isRetryable: true,
      })
    : new NetworkError('network.unavailable', {
        message: `${host} could not be reached${formatCode(code)}`,
        isRetryable: true,
      })
}

/** Timeouts of undici. Our own deadline comes as `gaveUp`. */
const TIMEOUTS = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
])

/** Finds the innermost code, such as ECONNREFUSED: fetch wraps the cause. */
const findCode = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return ''
  const within = 'cause' in error ? findCode(error.cause) : ''
  if (within) return within
  return 'code' in error && typeof error.code === 'string' && /^\w{1,40}$/.test(error.code)
    ? error.code
    : ''
}

const formatCode = (code: string): string => (code ? ` (${code})` : '')
