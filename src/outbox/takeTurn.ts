import { setTimeout as wait } from 'node:timers/promises'

import type { Payload } from 'payload'
import type { RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'

import type { Channel } from '../messaging/types.ts'
import { rateLimiterOf } from '../rateLimiters.ts'

type Provider = Pick<Channel, 'maxPerSecond' | 'name'>

/** What is no code takes this part of a provider's limit at most: codes overtake however much waits. */
const FOR_OTHERS = 0.8
/** Limits are counted by the second; who has to wait for longer was asked for a rest. */
const LONGEST_TURN_MS = 1_000

const limiterOf = (payload: Payload, { maxPerSecond, name }: Provider) =>
  rateLimiterOf(payload, { name: `provider-${name}`, points: maxPerSecond, seconds: 1 })

const limiterOfOthers = (payload: Payload, provider: Provider) =>
  rateLimiterOf(payload, {
    name: `provider-${provider.name}-others`,
    points: mostAtOnce(provider, false),
    seconds: 1,
  })

/** How many messages one turn may be for. */
export const mostAtOnce = ({ maxPerSecond }: Provider, isCodes: boolean): number =>
  isCodes ? maxPerSecond : Math.max(1, Math.floor(maxPerSecond * FOR_OTHERS))

type Turn = { payload: Payload; provider: Provider; count: number; isCodes: boolean }

/**
 * Waits until the provider takes that many more: its limit is shared by all workers. Answers null
 * then; else the milliseconds for which it is to be left alone, 0 when the process is to stop.
 */
export const takeTurn = async (
  { count, isCodes, payload, provider }: Turn,
  signal: AbortSignal,
): Promise<number | null> => {
  const all = limiterOf(payload, provider)
  const others = isCodes
    ? null
    : await takePoints(limiterOfOthers(payload, provider), count, signal)
  return others ?? takePoints(all, count, signal)
}

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
      if (msBeforeNext > LONGEST_TURN_MS) return msBeforeNext
      // Told to stop meanwhile: looked at next.
      await wait(Math.max(20, msBeforeNext), undefined, { signal }).catch(() => undefined)
    }
  }
  return 0
}

/** The provider asked for a rest: every worker leaves it alone for that long. */
export const rest = async (payload: Payload, provider: Provider, ms: number): Promise<void> => {
  await limiterOf(payload, provider).block('all', Math.ceil(ms / 1000))
}
