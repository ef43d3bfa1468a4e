import type { CollectionBeforeOperationHook } from 'payload'

import { roleOf } from '../../collections/access.ts'
import type { Limit } from '../../src/rateLimiters.ts'
import { digestOf } from './digestOf.ts'
import { holdToLimit } from './holdToLimit.ts'
import { networkOf } from './networkOf.ts'

type Rule = Limit & { isPerEmail?: boolean }

const MINUTE = 60
const HOUR = 3_600

/** By the name of Payload's operation, so that REST and GraphQL count together. */
const RULES: Record<string, Rule[]> = {
  login: [
    { name: 'login-address', points: 60, seconds: MINUTE },
    { name: 'login', points: 10, seconds: MINUTE, isPerEmail: true },
  ],
  create: [{ name: 'register', points: 20, seconds: HOUR }],
  forgotPassword: [{ name: 'forgot-password', points: 5, seconds: HOUR, isPerEmail: true }],
}

/**
 * Slows down whoever guesses passwords, registers in bulk or floods a mailbox: attempts per
 * address, and per address and account. Our own calls and an admin's are not counted.
 *
 * @throws DomainError `request.too-many`; the answer has `Retry-After`
 */
export const limitAttempts =
  (factor: number): CollectionBeforeOperationHook =>
  async ({ args, operation, overrideAccess, req }) => {
    if (overrideAccess === true || req.payloadAPI === 'local' || roleOf(req) === 'admin') return
    const { data } = args as { data?: { email?: unknown } | null }
    for (const { isPerEmail, ...limit } of RULES[operation] ?? []) {
      const key = isPerEmail ? `${networkOf(req)} ${digestOf(data?.email)}` : networkOf(req)
      await holdToLimit(req, { ...limit, key, factor })
    }
  }
