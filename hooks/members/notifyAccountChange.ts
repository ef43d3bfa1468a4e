import { randomUUID } from 'node:crypto'

import type { CollectionAfterChangeHook, CollectionAfterLoginHook, PayloadRequest } from 'payload'

import { inTransaction } from '../../src/database/inTransaction.ts'
import { maskEmail } from '../../src/domain/members/identity.ts'
import { queueNotifications } from '../../src/messaging/outbox/queueNotifications.ts'
import { accountChanged } from '../../src/messaging/templates/accountChanged.ts'
import type { User } from '../../src/payload-types.ts'
import { now } from '../../src/platform/clock.ts'

/**
 * Notifies a person of a new password, and the old address of a new one, in the transaction of the
 * change and the person who made it.
 */
export const notifyAccountChange: CollectionAfterChangeHook<User> = async ({
  doc,
  operation,
  previousDoc,
  req,
}) => {
  if (operation !== 'update') return doc
  if (previousDoc.email && previousDoc.email !== doc.email) {
    const newEmail = maskEmail(doc.email)
    await notify(req, { user: doc, to: previousDoc.email, kind: 'email', newEmail })
  }
  if (req.context.passwordChangedOf === doc.id) {
    req.context.passwordChangedOf = null
    await notify(req, { user: doc, to: previousDoc.email, kind: 'password' })
  }
  return doc
}

/** A reset runs no hook of a change, but signs in. */
export const notifyPasswordReset: CollectionAfterLoginHook<User> = async ({ req, user }) => {
  if (req.context.operationOnPeople !== 'resetPassword') return
  await notify(req, { user, to: user.email, kind: 'password' })
}

type Change = {
  user: User
  to: string
  kind: 'email' | 'password'
  newEmail?: string
}

const notify = (req: PayloadRequest, { to, user, ...change }: Change): Promise<void> =>
  inTransaction(req, () =>
    queueNotifications(
      req,
      [
        {
          key: `account-changed:${randomUUID()}`,
          template: accountChanged,
          data: { name: user.name ?? null, ...change },
          user: user.id,
          to: { email: to },
        },
      ],
      now(),
    ),
  )
