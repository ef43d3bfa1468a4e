import type { Payload } from 'payload'

import { rest as restFor } from '../networks/http/rest.ts'
import type { Wiring } from '../networks/index.ts'
import { rateLimiterOf, takePoint } from '../rateLimiters.ts'

type Turn = {
  payload: Pick<Payload, 'db'>
  /** The id of its row. */
  network: string
  /** Null: nothing to wait for. */
  requestsPerMinute: number | null
  rest?: NonNullable<Wiring['rest']>
}

/**
 * Waits until a network may be asked once more, or until the signal. Requests are spaced evenly, so
 * that no minute has more of them than it takes, wherever the network lets its minutes begin. They
 * are counted in PostgreSQL, for all processes together; whoever waits holds no connection. Should it
 * not answer, each process counts for itself.
 */
export const awaitTurn = async (
  { network, payload, requestsPerMinute, rest = restFor }: Turn,
  signal: AbortSignal,
): Promise<void> => {
  if (requestsPerMinute === null) return
  const everyMs = Math.ceil(60_000 / requestsPerMinute)
  // By its length as well: another setting counts anew, in every process.
  const limit = { name: `network-every-${everyMs}-ms`, points: 1, seconds: everyMs / 1_000 }
  const limiter = rateLimiterOf(payload, limit)
  while (!signal.aborted) {
    const waitMs = await takePoint(limiter, network)
    if (waitMs === null) return
    await rest(waitMs, signal)
  }
}
