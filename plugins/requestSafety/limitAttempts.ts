import type { CollectionBeforeOperationHook } from 'payload'

import { roleOf } from '../../collections/access.ts'
import type { Limit } from '../../src/platform/rateLimiters.ts'
import { digestText, enforceRateLimit, ipPrefix } from './enforceRateLimit.ts'

type Rule = Limit & { isPerEmail?: boolean }

const MINUTE = 60
const HOUR = 3_600

/** The limits by Payload's operation, so that REST and GraphQL count together. */
const RULES: Record<string, Rule[]> = {
  login: [
    { name: 'login-address', points: 60, seconds: MINUTE },
    { name: 'login', points: 10, seconds: MINUTE, isPerEmail: true },
  ],
  create: [{ name: 'register', points: 20, seconds: HOUR }],
  forgotPassword: [{ name: 'forgot-password', points: 5, seconds: HOUR, isPerEmail: true }],
}

/**
 * Limits the guessing of passwords, bulk registration and floods of a mailbox: attempts per IP
 * address, and per IP address and account. Internal calls and those of an admin do not count.
 *
 * @throws DomainError `request.too-many`; the response has `Retry-After`
 */
export const limitAttempts =
  (factor: number): CollectionBeforeOperationHook =>
  async ({ args, operation, overrideAccess, req }) => {
    if (overrideAccess === true || req.payloadAPI === 'local' || roleOf(req) === 'admin') return
    const { data } = args as { data?: { email?: unknown } | null }
    for (const { isPerEmail, ...limit } of RULES[operation] ?? []) {
      const key = isPerEmail ? `${ipPrefix(req)} ${digestText(data?.email)}` : ipPrefix(req)
      await enforceRateLimit(req, { ...limit, key, factor })
    }
  }
