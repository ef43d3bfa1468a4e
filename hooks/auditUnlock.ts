import { commitTransaction, type CollectionConfig, initTransaction } from 'payload'

import { isByStaff } from '../src/audit/actorOf.ts'
import { findAccount } from '../src/audit/findAccount.ts'
import { recordAudit } from '../src/audit/recordAudit.ts'

type Begun = { isOurs: boolean; lockUntil: unknown }

/**
 * Records that a person of the staff unlocked an account. Payload runs no hook inside that
 * operation's transaction, so one is opened before it, which it joins and rolls back if it fails.
 */
export const auditUnlock = {
  beforeOperation: [
    async ({ args, collection, operation, req }) => {
      if (operation !== 'unlock' || !isByStaff(req)) return
      const isOurs = await initTransaction(req)
      const account = await findAccount(collection.slug, emailIn(args), req)
      req.context.unlock = { isOurs, lockUntil: account?.lockUntil ?? null } satisfies Begun
    },
  ],
  afterOperation: [
    async ({ args, collection, operation, req, result }) => {
      const begun = req.context.unlock as Begun | undefined
      if (operation !== 'unlock' || !begun) return result as unknown
      const account = await findAccount(collection.slug, emailIn(args), req)
      await recordAudit({
        req,
        action: 'account-unlocked',
        subject: collection.slug,
        subjectId: account?.id ?? null,
        before: { lockUntil: begun.lockUntil },
        after: { lockUntil: account?.lockUntil ?? null },
      })
      if (begun.isOurs) await commitTransaction(req)
      return result as unknown
    },
  ],
} satisfies CollectionConfig['hooks']

const emailIn = (args: unknown): unknown => (args as { data?: { email?: unknown } }).data?.email
