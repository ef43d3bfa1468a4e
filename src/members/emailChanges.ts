import { createHash, randomBytes } from 'node:crypto'

import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { dbIn } from '../database/dbIn.ts'
import { inTransaction } from '../database/inTransaction.ts'
import { DomainError } from '../domain/errors.ts'
import { maskEmail } from '../domain/members/identity.ts'
import { queueNotifications } from '../messaging/outbox/queueNotifications.ts'
import { accountChanged } from '../messaging/templates/accountChanged.ts'
import { alreadyRegistered } from '../messaging/templates/alreadyRegistered.ts'
import { verifyEmail } from '../messaging/templates/verifyEmail.ts'
import type { User } from '../payload-types.ts'
import { recordAudit } from '../platform/audit/recordAudit.ts'

/** The page that takes the token: on the members' own site, or in the admin panel. */
export type ConfirmLink = (token: string, isStaff: boolean) => string

const VALID_HOURS = 48

type Change = { user: User; email: string; link: ConfirmLink; now: Date }

/**
 * Sends a link to an address that its owner must open before the account uses it; the address may be
 * the current one. Replaces an earlier request of the account. The present address stays until then
 * and is notified of a new one. An address of another account gets a note instead of a link, with
 * the same result for the caller. Returns until when the link works.
 */
export const startEmailChange = (
  req: PayloadRequest,
  { email: typed, link, now, user }: Change,
): Promise<Date> =>
  inTransaction(req, async () => {
    const email = typed.trim().toLowerCase()
    const token = randomBytes(32).toString('base64url')
    const expiresAt = new Date(now.getTime() + VALID_HOURS * 3_600_000)
    const db = await dbIn(req)
    const { rows } = await db.execute<{ id: string }>(sql`
      select id from users where email = ${email} and id <> ${user.id}`)
    await db.execute(sql`
      insert into email_changes (user_id, email, token_hash, expires_at, created_at)
      values (${user.id}, ${email}, ${hashToken(token)}, ${expiresAt.toISOString()}, ${now.toISOString()})
      on conflict (user_id) do update set email = excluded.email, token_hash = excluded.token_hash,
        expires_at = excluded.expires_at, created_at = excluded.created_at`)

    const key = `email-change:${hashToken(token)}`
    const [owner] = rows
    const { id, name, role } = user
    const data = { name, token, link: link(token, role !== 'member') }
    await queueNotifications(
      req,
      owner
        ? [{ key, template: alreadyRegistered, data: { name: null }, user: owner.id }]
        : [{ key, template: verifyEmail, data, user: id, to: { email } }],
      now,
    )
    if (email === user.email) return expiresAt
    const notice = { name, kind: 'email-requested', newEmail: maskEmail(email) } as const
    await queueNotifications(
      req,
      [
        {
          key: `${key}:notice`,
          template: accountChanged,
          data: notice,
          user: id,
          to: { email: user.email },
        },
      ],
      now,
    )
    const subject = { subject: 'users', subjectId: id }
    await recordAudit({ req, action: 'email-change-requested', ...subject, after: { email } })
    return expiresAt
  })

/**
 * Makes the address of an opened link the account's own, confirmed. A token works once. Other
 * sessions end when the address is new. Returns the address.
 *
 * @throws DomainError `user.invalid-token` unknown, used, replaced or too old
 * @throws DomainError `user.email-taken` another account got the address in the meantime
 */
export const confirmEmail = (
  req: PayloadRequest,
  { now, token }: { token: string; now: Date },
): Promise<string> =>
  inTransaction(req, async () => {
    const db = await dbIn(req)
    const { rows } = await db.execute<{ id: string; email: string }>(sql`
      delete from email_changes
      where token_hash = ${hashToken(token)} and expires_at > ${now.toISOString()}
      returning user_id::text as id, email`)
    const [change] = rows
    if (!change) {
      throw new DomainError(
        'user.invalid-token',
        'This link is no longer valid. Request a new one.',
        {
          field: 'token',
        },
      )
    }
    const { email, id } = change
    const taken = await db.execute(sql`select 1 from users where email = ${email} and id <> ${id}`)
    if (taken.rows.length > 0) {
      throw new DomainError('user.email-taken', 'Another account uses this address.', {
        field: 'email',
      })
    }
    req.context.isCredentialChecked = true
    const emailVerifiedAt = now.toISOString()
    await req.payload.update({
      collection: 'users',
      id,
      data: { email, emailVerifiedAt },
      depth: 0,
      req,
    })
    return email
  })

/** Only the hash is stored: reading the table opens no account. */
const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url')
