import { now } from './clock.ts'

const MIN_MS = 1_000
const MAX_MS = 15 * 60_000

/**
 * Returns how long a provider requires us to wait, in milliseconds; null without a header.
 * `Retry-After` is in seconds or a date (RFC 9110), `X-RateLimit-Reset` is in seconds since 1970
 * (SendGrid). Dates are compared with the provider's `Date` header if there is one. The result is
 * between one second and 15 minutes, because a wrong header must not stop a queue.
 */
export const parseRetryAfter = (headers: Record<string, unknown>): number | null => {
  const providerNow = typeof headers.date === 'string' ? Date.parse(headers.date) : Number.NaN
  const nowMs = Number.isNaN(providerNow) ? now().getTime() : providerNow
  const delay =
    parseDelay(headers['retry-after'], nowMs) ??
    parseReset(headers['x-ratelimit-reset'], nowMs) ??
    Number.NaN
  return Number.isNaN(delay) ? null : Math.min(Math.max(delay, MIN_MS), MAX_MS)
}

const parseDelay = (value: unknown, nowMs: number): number | null => {
  if (typeof value !== 'string' || !value.trim()) return null
  return isDigits(value) ? Number(value) * 1000 : Date.parse(value) - nowMs
}

const parseReset = (value: unknown, nowMs: number): number | null =>
  typeof value === 'string' && isDigits(value) ? Number(value) * 1000 - nowMs : null

const isDigits = (value: string): boolean => /^\d+$/.test(value.trim())
