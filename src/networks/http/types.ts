import type { NetworkErrorCode } from '../types.ts'

/** What a network answered; header names are lower case. */
export type Answer = {
  status: number
  headers: Record<string, string>
  /** Undefined where the body is empty or no JSON. */
  body: unknown
}

/** What a status other than 2xx means, by the network's own table or by HTTP. */
export type Refusal = {
  code: NetworkErrorCode
  isRetryable: boolean
  /** How long to leave it alone before the next try; null: we choose. */
  afterMs?: number | null
  providerCode?: number | null
  /** A word of ours, never of the network's answer. */
  because?: string
}

export type Request<Read> = {
  url: URL
  headers?: Record<string, string> | undefined
  /** Makes it a POST with a form. */
  form?: Record<string, string> | undefined
  signal: AbortSignal
  /** How often it is asked in all; 1 where asking twice is not the same as asking once. */
  tries?: number | undefined
  /** Reads an answer of 2xx. What it throws as `network.bad-answer` is asked again. */
  read: (answer: Answer) => Read
}

/** How a network is asked; one per opened network, since its circuit breaker remembers. */
export type AskJson = <Read>(request: Request<Read>) => Promise<Read>

export type HttpSettings = {
  /** From the connection to the last byte of one answer; 60 seconds unless set. */
  timeoutMs?: number | undefined
  /** Waits between tries; ends at once when the signal says so. */
  rest?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined
  /** Waits for a place in a rate limit that workers share; called before each request. */
  beforeRequest?: ((signal: AbortSignal) => Promise<void>) | undefined
  /** How long to leave a network alone that says "too many" and not for how long; 60 seconds. */
  rateLimitMs?: number | undefined
}

/** What an adapter adds: the network's own meaning of a status, where HTTP's is not enough. */
export type HttpOptions = HttpSettings & { refusalOf?: ((answer: Answer) => Refusal) | undefined }
