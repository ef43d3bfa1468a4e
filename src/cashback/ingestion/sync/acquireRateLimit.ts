import type { Payload } from 'payload'

import { consumePoint, openRateLimiter } from '../../../platform/rateLimiters.ts'
import { backOff as waitFor } from '../../networks/http/backOff.ts'
import type { Wiring } from '../../networks/index.ts'

type RateLimitRequest = {
  payload: Pick<Payload, 'db'>
  /** The id of the network's row. */
  network: string
  /** Null: no limit. */
  requestsPerMinute: number | null
  backOff?: NonNullable<Wiring['backOff']>
}

/**
 * Waits until the next request to a network is allowed, or until the signal aborts. Requests are
 * spaced evenly: no span of sixty seconds exceeds the limit, at whichever second the network starts
 * to count.
 * PostgreSQL counts the requests of all processes; a waiting process holds no connection. Without
 * PostgreSQL, each process counts its own requests.
 */
export const acquireRateLimit = async (
  { backOff = waitFor, network, payload, requestsPerMinute }: RateLimitRequest,
  signal: AbortSignal,
): Promise<void> => {
  if (requestsPerMinute === null) return
  const everyMs = Math.ceil(60_000 / requestsPerMinute)
  // The name contains the interval, so that a new setting starts a new count in every process.
  const limit = { name: `network-every-${everyMs}-ms`, points: 1, seconds: everyMs / 1_000 }
  const limiter = openRateLimiter(payload, limit)
  while (!signal.aborted) {
    const waitMs = await consumePoint(limiter, network)
    if (waitMs === null) return
    await backOff(waitMs, signal)
  }
}
