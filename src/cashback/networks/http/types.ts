import type { PrivateHosts } from '../../../platform/outbound/refuseUrl.ts'
import type { NetworkErrorCode } from '../types.ts'

/** A network's response. Header names are in lower case. */
export type NetworkResponse = {
  status: number
  headers: Record<string, string>
  /** Undefined if the body is empty or is not JSON. */
  body: unknown
}

/** The classification of a status other than 2xx. */
export type Refusal = {
  code: NetworkErrorCode
  isRetryable: boolean
  /** How long to back off before the next try, in milliseconds; null: we choose. */
  afterMs?: number | null
  providerCode?: number | null
  /** The reason, written by us: never a text of the response. */
  because?: string
}

export type Request<Read> = {
  url: URL
  headers?: Record<string, string> | undefined
  /** Sends a POST with this form. */
  form?: Record<string, string> | undefined
  signal: AbortSignal
  /** How many tries in all; 1 if the request is not idempotent. */
  tries?: number | undefined
  /** Reads a 2xx response. A retryable `network.bad-answer` that it throws causes another try. */
  read: (response: NetworkResponse) => Read
}

/** Sends a request. One per opened network, because its circuit breaker keeps state. */
export type RequestJson = <Read>(request: Request<Read>) => Promise<Read>

export type HttpSettings = {
  /** Deadline of one try, from the connection to the last byte; 60 seconds by default. */
  timeoutMs?: number | undefined
  /** Waits between tries; must end at once when the signal aborts. */
  backOff?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined
  /** Waits for a place in the rate limit that all workers share; called before each request. */
  beforeRequest?: ((signal: AbortSignal) => Promise<void>) | undefined
  /**
   * How long to back off from a rate limit that names no time, in milliseconds; 60 seconds by
   * default.
   */
  rateLimitMs?: number | undefined
  /** The hosts that may be private and without TLS; none by default. */
  privateHosts?: PrivateHosts | undefined
}

export type HttpOptions = HttpSettings & {
  /** The adapter's own classification of a status, if HTTP's is not enough. */
  classifyRefusal?: ((response: NetworkResponse) => Refusal) | undefined
}
