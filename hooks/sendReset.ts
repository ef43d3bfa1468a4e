import { randomUUID } from 'node:crypto'

import type { PayloadRequest } from 'payload'

import { now } from '../src/clock.ts'
import { inTransaction } from '../src/ledger/inTransaction.ts'
import { passwordReset } from '../src/messaging/templates/passwordReset.ts'
import { ALREADY_QUEUED } from '../src/outbox/emailAdapter.ts'
import { queueNotifications } from '../src/outbox/queueNotifications.ts'
import type { User } from '../src/payload-types.ts'

/** Where a person sets a new password: members on their own site, the staff in the admin. */
export type ResetLink = (token: string, isStaff: boolean) => string

type Args = { req?: PayloadRequest; token?: string; user?: User } | undefined

/**
 * Payload asks for the text of the message and sends it itself, holding its transaction meanwhile.
 * This writes the message into the outbox in that transaction instead, and hands Payload a mark by
 * which the e-mail adapter knows that there is nothing left to do.
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
