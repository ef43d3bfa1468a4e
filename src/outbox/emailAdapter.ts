import { randomUUID } from 'node:crypto'

import { createLocalReq, type EmailAdapter } from 'payload'

import { now } from '../clock.ts'
import { inTransaction } from '../ledger/inTransaction.ts'
import { plainEmail } from '../messaging/templates/plainEmail.ts'
import { queueNotifications } from './queueNotifications.ts'

/** The subject of a message that is in the outbox by now. */
export const ALREADY_QUEUED = 'tributary: queued'

/**
 * Payload's own e-mails take the way of all others. Written in a short transaction of their own:
 * the one exception to a message being written with its cause, since Payload does not say with
 * whose request it sends.
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
      if (typeof to !== 'string') throw new Error('Write to one address at a time.')
      const data = { subject, html: textOf(html), lines: textOf(text).split('\n') }
      const notice = { key: `email:${randomUUID()}`, template: plainEmail, data, to: { email: to } }
      const req = await createLocalReq({}, payload)
      await inTransaction(req, () => queueNotifications(req, [notice], now()))
    },
  })

/** What we read of a message; Payload takes its type from a package that we do without. */
type Email = { html?: unknown; subject?: string; text?: unknown; to?: unknown }

const textOf = (content: unknown): string => (typeof content === 'string' ? content : '')
