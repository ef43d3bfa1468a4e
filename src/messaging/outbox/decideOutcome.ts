import type { Outcome } from '../types.ts'
import { type Attempt, type Completion, MAX_ATTEMPTS, type OutboxSettings } from './types.ts'

type Tried = { provider: string; outcome: Outcome }

type Decision = {
  id: string
  lane: string
  /** Including this attempt. */
  attemptCount: number
  tried: Tried[]
  now: Date
  random: number
  settings: OutboxSettings
}

/**
 * Decides how a row continues after one attempt with the providers of its channel. An attempt that
 * no provider accepted is repeated twice, with a doubled wait; `random` in [0, 1) varies each wait
 * by up to a fifth.
 */
export const decideOutcome = ({
  attemptCount,
  id,
  lane,
  now,
  random,
  settings,
  tried,
}: Decision): Completion => {
  const attempts = tried.map((one) => toAttempt(one, now))
  const last = tried.at(-1)
  const base = {
    id,
    attempts,
    provider: last?.provider ?? null,
    providerMessageId: null,
    nextAttemptAt: null,
    reason: null,
  }
  const final = tried.find(
    ({ outcome }) => outcome.kind === 'accepted' || outcome.kind === 'unknown',
  )
  if (final?.outcome.kind === 'accepted') {
    return { ...base, status: 'sent', providerMessageId: final.outcome.providerMessageId }
  }
  if (final?.outcome.kind === 'unknown') {
    const nextAttemptAt = addMs(now, settings.unknownMs)
    return { ...base, status: 'unknown', nextAttemptAt, reason: final.outcome.code }
  }
  const again = tried.flatMap(({ outcome }) => (outcome.kind === 'retry' ? [outcome] : []))
  const code = last && 'code' in last.outcome ? last.outcome.code : 'no-provider'
  const retried = again.at(-1)
  if (!retried) return { ...base, status: 'dead', reason: code }
  if (attemptCount >= MAX_ATTEMPTS) {
    return { ...base, status: 'dead', reason: `attempts-used-up: ${retried.code}` }
  }
  const requestedMs = Math.max(0, ...again.map(({ afterMs }) => afterMs ?? 0))
  const wait = Math.max(requestedMs, computeBackoff({ attemptCount, lane, random, settings }))
  return { ...base, status: 'pending', nextAttemptAt: addMs(now, wait), reason: retried.code }
}

const computeBackoff = ({
  attemptCount,
  lane,
  random,
  settings,
}: Pick<Decision, 'attemptCount' | 'lane' | 'random' | 'settings'>): number => {
  const first = lane === 'otp' ? settings.otpRetryMs : settings.retryMs
  return first * 2 ** (attemptCount - 1) * (0.8 + 0.4 * random)
}

const addMs = (now: Date, ms: number): string => new Date(now.getTime() + ms).toISOString()

const toAttempt = ({ outcome, provider }: Tried, now: Date): Attempt => ({
  at: now.toISOString(),
  provider,
  outcome: outcome.kind,
  ...('code' in outcome ? { code: outcome.code, detail: outcome.detail.slice(0, 300) } : {}),
})
