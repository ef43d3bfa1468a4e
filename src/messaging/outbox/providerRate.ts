import { setTimeout as wait } from 'node:timers/promises'

import type { Payload } from 'payload'
import type { RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'

import { openRateLimiter } from '../../platform/rateLimiters.ts'
import type { Channel } from '../types.ts'

type Provider = Pick<Channel, 'maxPerSecond' | 'name'>

type RateRequest = {
  payload: Payload
  /** How many messages wait. */
  count: number
  /** One-time codes may use the whole limit of a provider, other messages only a part. */
  isCodes: boolean
  signal: AbortSignal
}
/** The index of the provider and the number of messages it accepts now; or how long none does. */
type AcquiredProvider = { from: number; count: number } | { backOffMs: number }

/**
 * Waits until one of the providers, tried in order, accepts messages within its rate limit. A
 * provider in its back-off is skipped while another is available. When all of them back off,
 * it does not wait but returns the shortest back-off; 0 when the process must stop.
 */
export const acquireProvider = async ({
  providers,
  ...request
}: RateRequest & { providers: Provider[] }): Promise<AcquiredProvider> => {
  const { count, isCodes } = request
  if (providers.length === 0) return { from: 0, count }
  let backOffMs = Number.POSITIVE_INFINITY
  for (const [from, provider] of providers.entries()) {
    const batch = Math.min(count, maxBatchSize(provider, isCodes))
    const ms = await acquireRateLimit(provider, { ...request, count: batch })
    if (ms === null) return { from, count: batch }
    backOffMs = Math.min(backOffMs, ms)
  }
  return { backOffMs }
}

/** The part of a provider's limit that messages other than one-time codes may use. */
const NON_OTP_SHARE = 0.8

const maxBatchSize = ({ maxPerSecond }: Provider, isCodes: boolean): number =>
  isCodes ? maxPerSecond : Math.max(1, Math.floor(maxPerSecond * NON_OTP_SHARE))

/** Null when acquired; else the milliseconds to back off. All workers share the limit. */
const acquireRateLimit = async (
  provider: Provider,
  { count, isCodes, payload, signal }: RateRequest,
): Promise<number | null> => {
  const total = openTotalLimiter(payload, provider)
  const others = isCodes
    ? null
    : await takePoints(openNonOtpLimiter(payload, provider), count, signal)
  return others ?? takePoints(total, count, signal)
}

const openTotalLimiter = (payload: Payload, { maxPerSecond, name }: Provider) =>
  openRateLimiter(payload, { name: `provider-${name}`, points: maxPerSecond, seconds: 1 })

const openNonOtpLimiter = (payload: Payload, provider: Provider) =>
  openRateLimiter(payload, {
    name: `provider-${provider.name}-others`,
    points: maxBatchSize(provider, false),
    seconds: 1,
  })

/** Limits count by the second, so a longer wait is a provider's back-off. */
const MAX_WAIT_MS = 1_000

const takePoints = async (
  limiter: RateLimiterAbstract,
  count: number,
  signal: AbortSignal,
): Promise<number | null> => {
  while (!signal.aborted) {
    try {
      await limiter.consume('all', count)
      return null
    } catch (refused) {
      if (refused instanceof Error) throw refused
      const { msBeforeNext } = refused as RateLimiterRes
      if (msBeforeNext > MAX_WAIT_MS) return msBeforeNext
      // An abort ends the wait, and the loop checks it.
      await wait(Math.max(20, msBeforeNext), undefined, { signal }).catch(() => undefined)
    }
  }
  return 0
}

/** Makes every worker back off from the provider for that long, as its response requires. */
export const backOff = async (payload: Payload, provider: Provider, ms: number): Promise<void> => {
  await openTotalLimiter(payload, provider).block('all', Math.ceil(ms / 1000))
}
