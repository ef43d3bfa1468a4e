import type { CollectionAfterChangeHook } from 'payload'

import { now } from '../src/clock.ts'
import { inTransaction } from '../src/ledger/inTransaction.ts'
import { welcome } from '../src/messaging/templates/welcome.ts'
import { queueNotifications } from '../src/outbox/queueNotifications.ts'
import type { User } from '../src/payload-types.ts'

/** Greets whoever registers, in the transaction that makes the account. */
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
