import { sql } from '@payloadcms/db-postgres'
import type { CollectionBeforeValidateHook, PayloadRequest } from 'payload'

import { readDb } from '../../src/database/readDb.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { type ConfirmLink, startEmailChange } from '../../src/members/emailChanges.ts'
import type { User } from '../../src/payload-types.ts'
import { now } from '../../src/platform/clock.ts'
import { countAttempt, openRateLimiter } from '../../src/platform/rateLimiters.ts'
import { type StoredPassword, verifyPassword } from '../../src/platform/verifyPassword.ts'

type Credentials = Partial<User> & { currentPassword?: unknown; password?: unknown }

/**
 * Requires the current password when people change their own e-mail address, password or confirmed
 * phone number, over REST, GraphQL and the admin panel. A new address starts a change that its
 * mailbox must confirm: the present one stays. What an admin sets for another is not decided here.
 *
 * @throws DomainError `user.current-password-required`, `user.wrong-password`, `request.too-many`
 */
export const guardCredentials =
  (link: ConfirmLink): CollectionBeforeValidateHook<User> =>
  async ({ data, operation, originalDoc, req }) => {
    const { currentPassword, ...rest } = (data ?? {}) as Credentials
    if (operation !== 'update' || !originalDoc) return rest
    const isNewEmail = toAddress(rest.email) !== toAddress(originalDoc.email)
    const isNewPassword = typeof rest.password === 'string' && rest.password !== ''
    if (isNewPassword) req.context.passwordChangedOf = originalDoc.id
    if (!isOwn(req, originalDoc.id) || req.context.isCredentialChecked === true) return rest
    if (!isNewEmail && !isNewPassword && !dropsPhone(rest, originalDoc)) return rest

    await requireCurrentPassword(req, originalDoc.id, currentPassword)
    if (!isNewEmail || !rest.email) return rest
    await startEmailChange(req, { user: originalDoc, email: rest.email, link, now: now() })
    return { ...rest, email: originalDoc.email }
  }

/** A confirmed number receives the codes of withdrawals, so it changes like an address. */
const dropsPhone = (data: Partial<User>, { phone, phoneVerifiedAt }: User): boolean =>
  Boolean(phoneVerifiedAt) && (data.phone ?? null) !== (phone ?? null)

/** False for calls of the product itself, which carry no person. */
const isOwn = (req: PayloadRequest, id: string): boolean =>
  req.user?.collection === 'users' && req.user.id === id

const toAddress = (email: string | undefined): string => (email ?? '').trim().toLowerCase()

const GUESSES = { name: 'current-password', points: 10, seconds: 900, canBeLifted: true }

/**
 * Compares a typed password with that of an account. Guesses are limited: who finds a browser signed
 * in must not find the password with it.
 *
 * @throws DomainError `user.current-password-required`, `user.wrong-password`, `request.too-many`
 */
export const requireCurrentPassword = async (
  req: PayloadRequest,
  id: string,
  password: unknown,
): Promise<void> => {
  if (typeof password !== 'string' || password === '') {
    throw new DomainError(
      'user.current-password-required',
      'Send your current password: POST /api/users/change-email, /api/users/change-password or /api/phone/otp, or currentPassword with this request.',
      { field: 'currentPassword' },
    )
  }
  const limiter = openRateLimiter(req.payload, GUESSES)
  const wait = await countAttempt(limiter, id)
  if (wait !== null) {
    req.responseHeaders ??= new Headers()
    req.responseHeaders.set('Retry-After', String(wait))
    throw new DomainError('request.too-many', `Too many attempts. Try again in ${wait} seconds.`)
  }
  const db = await readDb(req)
  const { rows } = await db.execute<NonNullable<StoredPassword>>(
    sql`select hash, salt from users where id = ${id}`,
  )
  if (!(await verifyPassword(rows[0] ?? null, password))) {
    throw new DomainError('user.wrong-password', 'This is not your current password.', {
      field: 'currentPassword',
    })
  }
  await limiter.delete(id)
}
