import { setTimeout as wait } from 'node:timers/promises'

import type { Payload } from 'payload'
import { RateLimiterRes } from 'rate-limiter-flexible'

import { openRateLimiter } from '../platform/rateLimiters.ts'
import type { PayoutDriver } from './drivers/types.ts'

type Ask = {
  payload: Payload
  driver: Pick<PayoutDriver, 'maxPerSecond' | 'name'>
  signal: AbortSignal
}

/** Waits for a turn within the rate limit of a provider, which all workers share. */
export const acquireRateLimit = async ({ driver, payload, signal }: Ask): Promise<void> => {
  const limiter = openRateLimiter(payload, {
    name: `payouts-${driver.name}`,
    points: driver.maxPerSecond,
    seconds: 1,
  })
  while (!signal.aborted) {
    try {
      await limiter.consume('all')
      return
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error
      await wait(Math.max(10, error.msBeforeNext))
    }
  }
}
