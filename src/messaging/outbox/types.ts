import type { Payload } from 'payload'

import type { Channels } from '../channels/openChannels.ts'
import type { Lane, TemplateContext } from '../types.ts'

/** Controls delivery; every value is a setting. Times in milliseconds. */
export type OutboxSettings = {
  /** How long a worker holds a claimed row; rows of the OTP lane have the shorter lease. */
  leaseMs: number
  otpLeaseMs: number
  /** Wait before the second attempt; doubled for the third. */
  retryMs: number
  otpRetryMs: number
  /** How long a row with an unknown outcome waits for the provider's report. */
  unknownMs: number
  /** Rows that one batch of a worker sends at once. */
  concurrency: number
}

export const MAX_ATTEMPTS = 3
/** The reason of a row that waits because every provider of its channel is in its back-off. */
export const PROVIDER_BACKS_OFF = 'provider-backs-off'

/** The part of a template's context that the configuration fixes. */
export type Wording = Pick<TemplateContext, 'brand' | 'link' | 'timeZone'>

/** What every row needs to be sent. */
export type Delivery = {
  payload: Payload
  channels: Channels
  lanes: Lane[]
  settings: OutboxSettings
  signal: AbortSignal
  wording: Wording
}

/** A claimed row. Names are those of the database, because most code that uses it is SQL. */
export type ClaimedRow = {
  /** The dedupe key; the secret is encrypted with it as context. */
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
  /** Why it must not be sent: the suppression of its address, or `expired`; null when it may. */
  suppression: string | null
}

/** One attempt, as the row stores it. */
export type Attempt = {
  at: string
  provider: string | null
  outcome: string
  code?: string
  detail?: string
}

/** How the sending of one claimed row ended. */
export type Completion = {
  id: string
  status: 'sent' | 'pending' | 'dead' | 'unknown' | 'suppressed'
  attempts: Attempt[]
  provider: string | null
  providerMessageId: string | null
  nextAttemptAt: string | null
  reason: string | null
}
