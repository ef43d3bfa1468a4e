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

import { NetworkError } from '../NetworkError.ts'
import { askOnce } from './askOnce.ts'
import { stopped } from './failureOf.ts'
import { rest as restFor } from './rest.ts'
import type { AskJson, HttpOptions } from './types.ts'

const TRIES = 5
/** Failures in a row, over all requests of a run, after which a network is left alone. */
const TRIES_BEFORE_REST = 10
const LEFT_ALONE_MS = 60_000
const PAUSES = new ExponentialBackoff({
  generator: fullJitterGenerator,
  initialDelay: 1_000,
  maxDelay: 30_000,
})

/**
 * Opens the way to one network: five tries with full jitter or as long between them as the network
 * asks for, a deadline for each, and a circuit breaker. Throws only `NetworkError`.
 */
export const openHttp = (options: HttpOptions): AskJson => {
  const { rest = restFor } = options
  const breaker = circuitBreaker(handleWhen(isOutage), {
    halfOpenAfter: LEFT_ALONE_MS,
    breaker: new ConsecutiveBreaker(TRIES_BEFORE_REST),
  })
  return async (request) => {
    const { signal, tries = TRIES } = request
    let pause: IBackoff<unknown> | null = null
    let afterMs: number | null = null
    const isWorthAnother = (error: Error) => error instanceof NetworkError && error.isRetryable
    const attempts = retry(handleWhen(isWorthAnother), { maxAttempts: tries - 1 })
    attempts.onRetry((failure) => {
      pause = pause ? pause.next(undefined) : PAUSES.next()
      const error = 'error' in failure ? failure.error : null
      afterMs = error instanceof NetworkError ? error.afterMs : null
    })
    try {
      // cockatiel cannot be told to stop while it waits, so the waiting is ours.
      return await attempts.execute(async ({ attempt }) => {
        if (attempt > 0) await rest(afterMs ?? pause?.duration ?? 0, signal)
        if (signal.aborted) throw stopped()
        return breaker.execute(() => askOnce(request, options))
      })
    } catch (error) {
      throw isBrokenCircuitError(error) ? leftAlone(request.url) : error
    }
  }
}

const isOutage = (error: Error): boolean =>
  error instanceof NetworkError && error.isRetryable && error.code !== 'network.rate-limited'

const leftAlone = ({ host }: URL): NetworkError =>
  new NetworkError('network.unavailable', {
    message: `${host} failed ${TRIES_BEFORE_REST} times in a row and is left alone`,
    isRetryable: true,
    afterMs: LEFT_ALONE_MS,
  })
