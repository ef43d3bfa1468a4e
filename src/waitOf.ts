import { now } from './clock.ts'

const SHORTEST_MS = 1_000
const LONGEST_MS = 15 * 60_000

/**
 * How long a provider asks us to wait, in milliseconds; null where it does not say. `Retry-After`
 * comes as seconds or as a date (RFC 9110), `X-RateLimit-Reset` as a moment in seconds since 1970
 * (SendGrid); both by the provider's own clock, where it tells the time. Held between a second and a quarter of an hour: a wrong header must not stop a queue.
 */
export const waitOf = (headers: Record<string, unknown>): number | null => {
  const told = typeof headers.date === 'string' ? Date.parse(headers.date) : Number.NaN
  const nowMs = Number.isNaN(told) ? now().getTime() : told
  const asked =
    ofRetryAfter(headers['retry-after'], nowMs) ??
    ofReset(headers['x-ratelimit-reset'], nowMs) ??
    Number.NaN
  return Number.isNaN(asked) ? null : Math.min(Math.max(asked, SHORTEST_MS), LONGEST_MS)
}

const ofRetryAfter = (value: unknown, nowMs: number): number | null => {
  if (typeof value !== 'string' || !value.trim()) return null
  return isDigits(value) ? Number(value) * 1000 : Date.parse(value) - nowMs
}

const ofReset = (value: unknown, nowMs: number): number | null =>
  typeof value === 'string' && isDigits(value) ? Number(value) * 1000 - nowMs : null

const isDigits = (value: string): boolean => /^\d+$/.test(value.trim())
