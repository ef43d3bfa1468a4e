import { randomUUID } from 'node:crypto'

import { createLocalReq, type EmailAdapter } from 'payload'

import { now } from '../../platform/clock.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { plainEmail } from '../templates/plainEmail.ts'
import { queueNotifications } from './queueNotifications.ts'

/** The subject of a message that is already in the outbox. */
export const ALREADY_QUEUED = 'tributary: queued'

/**
 * Sends Payload's own e-mails through the outbox. They are queued in a short transaction of their
 * own, the only exception to queueing a message with its cause: Payload does not pass the request.
 */
export const emailAdapter =
  ({ address, name }: { address: string; name: string }): EmailAdapter<void> =>
  ({ payload }) => ({
    name: 'outbox',
    defaultFromAddress: address,
    defaultFromName: name,
    sendEmail: async (message) => {
      const { html, subject = '', text, to } = message as Email
      if (subject === ALREADY_QUEUED) return
      if (typeof to !== 'string') throw new Error('Send to one address at a time.')
      const data = { subject, html: toText(html), lines: toText(text).split('\n') }
      const notice = { key: `email:${randomUUID()}`, template: plainEmail, data, to: { email: to } }
      const req = await createLocalReq({}, payload)
      await inTransaction(req, () => queueNotifications(req, [notice], now()))
    },
  })

/** The fields that we read; Payload's type comes from a package that is not installed. */
type Email = { html?: unknown; subject?: string; text?: unknown; to?: unknown }

const toText = (content: unknown): string => (typeof content === 'string' ? content : '')
