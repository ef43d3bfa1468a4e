import { randomUUID } from 'node:crypto'

import type { PayloadRequest } from 'payload'

import { now } from '../../src/platform/clock.ts'
import { inTransaction } from '../../src/database/inTransaction.ts'
import { passwordReset } from '../../src/messaging/templates/passwordReset.ts'
import { ALREADY_QUEUED } from '../../src/messaging/outbox/emailAdapter.ts'
import { queueNotifications } from '../../src/messaging/outbox/queueNotifications.ts'
import type { User } from '../../src/payload-types.ts'

/** The page for a new password: members set it on their own site, staff in the admin panel. */
export type ResetLink = (token: string, isStaff: boolean) => string

type Args = { req?: PayloadRequest; token?: string; user?: User } | undefined

/**
 * Payload requests the text of the message and sends it itself, with its transaction open. This
 * queues the message in that transaction instead, and returns a marker for which the e-mail adapter
 * sends nothing.
 */
export const sendReset = (resetLink: ResetLink) => ({
  generateEmailSubject: () => ALREADY_QUEUED,
  generateEmailHTML: async (args: Args): Promise<string> => {
    const { req, token, user } = args ?? {}
    if (!req || !token || !user) return ALREADY_QUEUED
    const notice = {
      key: `password-reset:${randomUUID()}`,
      template: passwordReset,
      data: { name: user.name, link: resetLink(token, user.role !== 'member'), validMinutes: 60 },
      user: user.id,
      to: { email: user.email },
    }
    await inTransaction(req, () => queueNotifications(req, [notice], now()))
    return ALREADY_QUEUED
  },
})
