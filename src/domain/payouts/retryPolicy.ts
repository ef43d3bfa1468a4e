/** The provider's advice after a failed attempt; null where it gives none. */
export type Remedy = 'fix' | 'later' | 'never' | 'operator' | null

/**
 * What follows a failed attempt.
 *
 * - `retry` the withdrawal goes back to `approved`, and is sent again from `at` with a new key
 * - `wait` it goes back to `approved` and is not sent until an operator releases it; its approvals
 *   stand
 * - `fail` it becomes `failed`, and the money goes back to the member
 */
export type RetryDecision =
  | { kind: 'fail'; to: 'failed'; reason: 'fix' | 'never' | 'too-many-attempts' }
  | { kind: 'retry'; to: 'approved'; at: Date }
  | { kind: 'wait'; to: 'approved'; reason: 'operator' }

const MINUTE_MS = 60_000
const BACKOFFS_MS = [15 * MINUTE_MS, 120 * MINUTE_MS, 720 * MINUTE_MS] as const

/**
 * Decides what follows an attempt that certainly failed. `later` is tried three times more, 15
 * minutes, 2 hours and 12 hours after the failure. A failure without advice is final: the member
 * has the money back and can ask again. An attempt in doubt is never decided here.
 *
 * @example decideRetry({ remedy: 'later', attempts: 4, failedAt: new Date(0) }).kind // 'fail'
 */
export const decideRetry = ({
  attempts,
  failedAt,
  remedy,
}: {
  remedy: Remedy
  /** Attempts of this withdrawal so far that were tried for advice `later`, with this one. */
  attempts: number
  failedAt: Date
}): RetryDecision => {
  if (remedy === 'operator') return { kind: 'wait', to: 'approved', reason: 'operator' }
  if (remedy !== 'later') return { kind: 'fail', to: 'failed', reason: remedy ?? 'never' }
  const backoff = BACKOFFS_MS[attempts - 1]
  return backoff === undefined
    ? { kind: 'fail', to: 'failed', reason: 'too-many-attempts' }
    : { kind: 'retry', to: 'approved', at: new Date(failedAt.getTime() + backoff) }
}
