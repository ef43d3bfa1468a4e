import type { CollectionAfterChangeHook } from 'payload'

import { now } from '../../src/platform/clock.ts'
import { inTransaction } from '../../src/database/inTransaction.ts'
import { welcome } from '../../src/messaging/templates/welcome.ts'
import { queueNotifications } from '../../src/messaging/outbox/queueNotifications.ts'
import type { User } from '../../src/payload-types.ts'

/** Queues a welcome message for a new member, in the transaction that creates the account. */
export const welcomeMember: CollectionAfterChangeHook<User> = async ({ doc, operation, req }) => {
  if (operation !== 'create' || doc.role !== 'member') return doc
  const notice = {
    key: `welcome:${doc.id}`,
    template: welcome,
    data: { name: doc.name },
    user: doc.id,
  }
  await inTransaction(req, () => queueNotifications(req, [notice], now()))
  return doc
}
