import type { PayloadRequest } from 'payload'

import { DomainError } from '../../src/domain/errors.ts'
import { countAttempt, type Limit, rateLimiterOf } from '../../src/rateLimiters.ts'

/**
 * Counts a request under a key. `factor` multiplies the limit, for a site whose members share few
 * addresses.
 *
 * @throws DomainError `request.too-many`; the answer has `Retry-After`
 */
export const holdToLimit = async (
  req: PayloadRequest,
  { factor, key, ...limit }: Limit & { key: string; factor: number },
): Promise<void> => {
  const points = Math.max(1, Math.round(limit.points * factor))
  const wait = await countAttempt(rateLimiterOf(req.payload, { ...limit, points }), key)
  if (wait === null) return
  req.responseHeaders ??= new Headers()
  req.responseHeaders.set('Retry-After', String(wait))
  const words = wait === 1 ? 'a second' : `${wait} seconds`
  throw new DomainError('request.too-many', `Too many attempts. Try again in ${words}.`)
}
