import type { Lane } from '../messaging/types.ts'

/** What steers delivery; every value is a setting. Times in milliseconds. */
export type OutboxSettings = {
  /** How long a claimed row is a worker's own; the lane of codes has shorter ones. */
  leaseMs: number
  otpLeaseMs: number
  /** Wait before the second attempt; doubled for the third. */
  retryMs: number
  otpRetryMs: number
  /** How long an outcome that nobody knows waits for the provider's report. */
  unknownMs: number
  /** Rows that are under way at once, in one worker. */
  concurrency: number
}

export const MAX_ATTEMPTS = 3
/** Why a row waits that was taken while each provider of its channel was to be left alone. */
export const PROVIDER_RESTS = 'provider-rests'

/** A claimed row. Names as in the database, since most of its life is SQL. */
export type ClaimedRow = {
  /** Its dedupe key: what its secret is bound to. */
  key: string
  id: string
  lane: Lane
  channel: 'email' | 'sms'
  template: string
  category: string
  locale: string
  to: string
  data: object | null
  secret: string | null
  attempt_count: number
  is_possible_duplicate: boolean
  time_zone: string | null
  /** Why it may not be sent: of its address, or a code that has expired; null when it may. */
  suppression: string | null
}

/** One attempt, as the row keeps it. */
export type Attempt = {
  at: string
  provider: string | null
  outcome: string
  code?: string
  detail?: string
}

export type Completion = {
  id: string
  status: 'sent' | 'pending' | 'dead' | 'unknown' | 'suppressed'
  attempts: Attempt[]
  provider: string | null
  providerMessageId: string | null
  nextAttemptAt: string | null
  reason: string | null
}
