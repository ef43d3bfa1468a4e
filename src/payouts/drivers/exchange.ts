import { classifyFailure } from '../../messaging/channels/exchange.ts'
import { fetchFrom } from '../../platform/outbound/fetchFrom.ts'
import { type PrivateHosts, refuseUrl } from '../../platform/outbound/refuseUrl.ts'
import { cleanText } from './cleanText.ts'

/** How long one exchange may take when no setting changes it. Composite orders take seconds. */
const TIMEOUT_MS = 20_000
/** Far above the answer of any order or look-up. */
const MAX_BYTES = 2 * 1024 * 1024

/** How a driver reaches its provider. */
export type Connection = {
  /** Without a slash at its end. */
  baseUrl: string
  timeoutMs?: number | undefined
  /** Hosts that may be private or without TLS; none by default. */
  privateHosts?: PrivateHosts | undefined
}

type Request = {
  connection: Connection
  method: 'GET' | 'POST'
  /** Below the base URL, or a whole URL. */
  path: string
  headers: Record<string, string>
  body?: string | undefined
  signal: AbortSignal
}

/** A complete response. Header names are lower case; the body is undefined unless it is JSON. */
export type Answer = { status: number; headers: Record<string, string>; body: unknown }

/** `not-sent`: the request certainly did not leave. `unknown`: it may have been processed. */
export type Exchanged =
  | { kind: 'answer'; answer: Answer }
  | { kind: 'not-sent'; code: string; detail: string; afterMs: number | null }
  | { kind: 'unknown'; code: string; detail: string }

/**
 * Makes one request to a payout provider, within one deadline from the connection to the last byte
 * of the response. It follows no redirect. Never throws: without a complete response, only a failure
 * before the first byte of the request counts as `not-sent`.
 */
export const exchange = async (request: Request): Promise<Exchanged> => {
  const { connection, path, signal } = request
  const { baseUrl, privateHosts = [], timeoutMs = TIMEOUT_MS } = connection
  const address = /^https?:/.test(path) ? path : baseUrl.replace(/\/+$/, '') + path
  if (!URL.canParse(address)) return notSent('refused-address', 'not a web address')
  const url = new URL(address)
  const refusal = refuseUrl(url, privateHosts)
  if (refusal) return notSent('refused-address', refusal)
  if (signal.aborted) return notSent('stopped', 'not sent')

  const deadline = new AbortController()
  const stop = () => deadline.abort('stopped')
  const timer = setTimeout(() => deadline.abort('timeout'), timeoutMs)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return { kind: 'answer', answer: await fetchAnswer(url, request, deadline.signal) }
  } catch (error) {
    const { code = 'no-reply', detail = '', kind } = describe(error, deadline.signal)
    const text = cleanText(detail)
    return kind === 'retry' ? notSent(code, text) : { kind: 'unknown', code, detail: text }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}

const notSent = (code: string, detail: string): Exchanged => ({
  kind: 'not-sent',
  code,
  detail,
  afterMs: null,
})

type Described = { kind: string; code?: string; detail?: string }

const describe = (error: unknown, deadline: AbortSignal): Described =>
  error instanceof TooLargeError
    ? { kind: 'unknown', code: 'too-large', detail: error.message }
    : classifyFailure({ error, deadline })

const fetchAnswer = async (
  url: URL,
  { body, connection, headers, method }: Request,
  signal: AbortSignal,
): Promise<Answer> => {
  const response = await fetchFrom(url, connection.privateHosts ?? [], {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      // No keep-alive: a connection that closes while sending leaves an unknown outcome.
      connection: 'close',
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
    signal,
  })
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of response.body ?? []) {
    const read = part as Uint8Array
    bytes += read.length
    if (bytes > MAX_BYTES) throw new TooLargeError('the response is larger than 2 MB')
    parts.push(read)
  }
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: parseJson(Buffer.concat(parts).toString()),
  }
}

class TooLargeError extends Error {}

/** Undefined when a proxy responded with a page of its own. */
const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
