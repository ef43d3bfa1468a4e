import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'

import type { CollectionBeforeOperationHook, PayloadRequest } from 'payload'

import { roleOf } from '../../collections/access.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { countAttempt, type Limit, rateLimiterOf } from './rateLimiters.ts'

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
    for (const { isPerEmail, points, ...rule } of RULES[operation] ?? []) {
      const limit = { ...rule, points: Math.max(1, Math.round(points * factor)) }
      const key = isPerEmail ? `${networkOf(req)} ${digest(data?.email)}` : networkOf(req)
      const wait = await countAttempt(rateLimiterOf(req.payload, limit), key)
      if (wait !== null) refuse(req, wait)
    }
  }

const refuse = (req: PayloadRequest, seconds: number): never => {
  req.responseHeaders ??= new Headers()
  req.responseHeaders.set('Retry-After', String(seconds))
  const words = seconds === 1 ? 'a second' : `${seconds} seconds`
  throw new DomainError('request.too-many', `Too many attempts. Try again in ${words}.`)
}

/** Whoever has one IPv6 address has all that begin like it: they count as one. */
const networkOf = ({ headers }: PayloadRequest): string => {
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

/** Addresses of people have no place in a table of counters. */
const digest = (email: unknown): string =>
  createHash('sha256')
    .update(typeof email === 'string' ? email.trim().toLowerCase() : '')
    .digest('base64url')
