import type {
  CollectionAfterChangeHook,
  CollectionBeforeOperationHook,
  PayloadRequest,
} from 'payload'

import type { AccountChange } from '../../src/domain/approvals/refuseApprover.ts'
import { recordAccountChanges } from '../../src/platform/approvals/accountChanges.ts'
import { now } from '../../src/platform/clock.ts'
import { inTransaction } from '../../src/database/inTransaction.ts'
import type { User } from '../../src/payload-types.ts'

/** Notes that an update sets a password: Payload removes it before the hooks after the change. */
export const notePassword: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (operation !== 'update' && operation !== 'create') return
  const { data } = args as { data?: { password?: unknown } | null }
  req.context.setsPassword = Boolean(data?.password)
}

/**
 * Records in the same transaction what a person did to the account of another: made it, changed
 * its role or its e-mail address, or set its password. A change that a second person approved is
 * recorded as the requester's, who chose it.
 */
export const recordAccountChange: CollectionAfterChangeHook<User> = async (change) => {
  const { doc, req } = change
  const by = findChanger(req)
  const changes = listChanges(change)
  if (by === null || changes.length === 0) return doc
  await inTransaction(req, () =>
    recordAccountChanges(req, { account: doc.id, by, changes, at: now() }),
  )
  return doc
}

const findChanger = (req: PayloadRequest): string | null => {
  const requester = req.context.changeRequestedBy
  if (typeof requester === 'string') return requester
  return req.user?.collection === 'users' ? req.user.id : null
}

const listChanges = ({
  data,
  operation,
  previousDoc,
  req,
}: Parameters<CollectionAfterChangeHook<User>>[0]): AccountChange[] => {
  if (operation === 'create') return ['created']
  const changes: AccountChange[] = []
  if (data.role !== undefined && data.role !== previousDoc.role) changes.push('role')
  if (data.email !== undefined && data.email !== previousDoc.email) changes.push('email')
  if (req.context.setsPassword === true) changes.push('password')
  return changes
}
