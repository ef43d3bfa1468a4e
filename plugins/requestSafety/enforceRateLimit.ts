import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'

import type { PayloadRequest } from 'payload'

import { DomainError } from '../../src/domain/errors.ts'
import { countAttempt, type Limit, openRateLimiter } from '../../src/platform/rateLimiters.ts'

/**
 * Counts a request under a key and refuses it above the limit. `factor` multiplies the limit, for a
 * site with many members behind few addresses.
 *
 * @throws DomainError `request.too-many`; the response has `Retry-After`
 */
export const enforceRateLimit = async (
  req: PayloadRequest,
  { factor, key, ...limit }: Limit & { key: string; factor: number },
): Promise<void> => {
  const points = Math.max(1, Math.round(limit.points * factor))
  const wait = await countAttempt(openRateLimiter(req.payload, { ...limit, points }), key)
  if (wait === null) return
  req.responseHeaders ??= new Headers()
  req.responseHeaders.set('Retry-After', String(wait))
  const delay = wait === 1 ? 'a second' : `${wait} seconds`
  throw new DomainError('request.too-many', `Too many attempts. Try again in ${delay}.`)
}

/**
 * Digests an e-mail address or phone number, so that the table of counters holds no personal data.
 */
export const digestText = (text: unknown): string =>
  createHash('sha256')
    .update(typeof text === 'string' ? text.trim().toLowerCase() : '')
    .digest('base64url')

/**
 * Returns the address that a request is counted by. IPv6 addresses count by their /64 network,
 * because one subscriber has all addresses of it.
 */
export const ipPrefix = ({ headers }: Pick<PayloadRequest, 'headers'>): string => {
  const address = headers.get('x-tributary-client-ip') ?? 'unknown'
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('::')
  const groups = head.split(':')
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(':').length
  const all = [...groups, ...Array.from({ length: missing }, () => '0')]
  return `${all
    .slice(0, 4)
    .map((group) => group || '0')
    .join(':')}::/64`
}
