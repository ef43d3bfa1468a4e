import {
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  fullJitterGenerator,
  handleWhen,
  type IBackoff,
  isBrokenCircuitError,
  retry,
} from 'cockatiel'

import { NetworkError, stoppedError } from '../NetworkError.ts'
import { backOff as waitFor, raceAbort } from './backOff.ts'
import { classifyRefusal as classifyHttpRefusal } from './classifyRefusal.ts'
import { fetchResponse } from './fetchResponse.ts'
import type { NetworkResponse, HttpOptions, Refusal, Request, RequestJson } from './types.ts'

const MAX_TRIES = 5
/** The circuit opens after so many failures in a row, over all requests of a run. */
const MAX_FAILURES = 10
const CIRCUIT_OPEN_MS = 60_000
const PAUSES = new ExponentialBackoff({
  generator: fullJitterGenerator,
  initialDelay: 1_000,
  maxDelay: 30_000,
})

/**
 * Opens the HTTP client of one network. A request is tried five times, with full jitter between the
 * tries or as long as the network requests. Each try has a deadline, and a circuit breaker covers
 * them all.
 *
 * @throws NetworkError and nothing else
 */
export const openHttp = (options: HttpOptions): RequestJson => {
  const { backOff = waitFor } = options
  const breaker = circuitBreaker(handleWhen(isOutage), {
    halfOpenAfter: CIRCUIT_OPEN_MS,
    breaker: new ConsecutiveBreaker(MAX_FAILURES),
  })
  return async (request) => {
    const { signal, tries = MAX_TRIES } = request
    let pause: IBackoff<unknown> | null = null
    let afterMs: number | null = null
    const isRetryable = (error: Error) => error instanceof NetworkError && error.isRetryable
    const attempts = retry(handleWhen(isRetryable), { maxAttempts: tries - 1 })
    attempts.onRetry((failure) => {
      pause = pause ? pause.next(undefined) : PAUSES.next()
      const error = 'error' in failure ? failure.error : null
      afterMs = error instanceof NetworkError ? error.afterMs : null
    })
    try {
      // A wait of cockatiel cannot be aborted, so we wait ourselves.
      return await attempts.execute(async ({ attempt }) => {
        if (attempt > 0) await backOff(afterMs ?? pause?.duration ?? 0, signal)
        if (signal.aborted) throw stoppedError()
        return breaker.execute(() => requestOnce(request, options))
      })
    } catch (error) {
      throw isBrokenCircuitError(error) ? circuitOpenError(request.url) : error
    }
  }
}

const isOutage = (error: Error): boolean =>
  error instanceof NetworkError && error.isRetryable && error.code !== 'network.rate-limited'

const circuitOpenError = ({ host }: URL): NetworkError =>
  new NetworkError('network.unavailable', {
    message: `${host} failed ${MAX_FAILURES} times in a row: requests to it are paused`,
    isRetryable: true,
    afterMs: CIRCUIT_OPEN_MS,
  })

const TIMEOUT_MS = 60_000
const RATE_LIMIT_MS = 60_000

/**
 * One try: acquires a place in the rate limit, sends the request, then classifies and reads the
 * response.
 */
const requestOnce = async <Read>(request: Request<Read>, options: HttpOptions): Promise<Read> => {
  const { form, headers, read, signal, url } = request
  const { beforeRequest, classifyRefusal = classifyHttpRefusal } = options
  const { privateHosts = [], timeoutMs = TIMEOUT_MS } = options
  if (beforeRequest) await acquirePlace(beforeRequest, signal)

  const response = await fetchResponse({
    url,
    form,
    signal,
    timeoutMs,
    privateHosts,
    headers: { accept: 'application/json', ...headers },
  })
  const isGood = response.status >= 200 && response.status < 300
  if (!isGood) throw toNetworkError({ response, url, refusal: classifyRefusal(response), options })
  if (response.body === undefined && response.status !== 204) {
    const message = `${url.host} answered ${response.status} without complete JSON`
    throw new NetworkError('network.bad-answer', { message, isRetryable: true })
  }
  return read(response)
}

const acquirePlace = async (
  acquire: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> => {
  try {
    await raceAbort(acquire(signal), signal)
  } catch {
    if (signal.aborted) throw stoppedError()
    const message = 'the shared rate limit could not be read'
    throw new NetworkError('network.unavailable', { message, isRetryable: true })
  }
}

type Refused = { response: NetworkResponse; url: URL; refusal: Refusal; options: HttpOptions }

const toNetworkError = ({ response, options, refusal, url }: Refused): NetworkError => {
  const { because, code, isRetryable, providerCode } = refusal
  const number = providerCode == null ? '' : ` (its code ${providerCode})`
  return new NetworkError(code, {
    message: `${url.host} answered ${response.status}${number}${because ? `: ${because}` : ''}`,
    isRetryable,
    providerCode: providerCode ?? null,
    afterMs:
      refusal.afterMs ?? (code === 'network.rate-limited' ? defaultBackOffMs(options) : null),
  })
}

/** Adds up to a quarter at random, so that workers do not return all at once. */
const defaultBackOffMs = ({ rateLimitMs = RATE_LIMIT_MS }: HttpOptions): number =>
  Math.round(rateLimitMs * (1 + Math.random() / 4))
