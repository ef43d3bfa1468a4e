import type { PayloadRequest } from 'payload'

import { dbIn } from '../../database/dbIn.ts'
import { DomainError } from '../../domain/errors.ts'
import { recordAudit } from '../../platform/audit/recordAudit.ts'
import { lockMember, lockOwnMethod, markRemoved } from './methodStore.ts'
import { notifyMethodChange } from './notifyMethodChange.ts'

/**
 * Removes a method of a member, in the caller's transaction. Withdrawals that were requested to it
 * keep it and are still paid. The member is notified.
 *
 * @throws DomainError `request.not-found`, `payout-method.removed`
 */
export const removeMethod = async (
  req: PayloadRequest,
  { id, member, now }: { id: string; member: string; now: Date },
): Promise<void> => {
  const db = await dbIn(req)
  const { name } = await lockMember(db, member)
  const { display, status } = await lockOwnMethod(db, { id, member })
  if (status === 'removed') {
    throw new DomainError('payout-method.removed', 'This method was removed already.')
  }
  await markRemoved(db, { id, now })
  await recordAudit({
    req,
    action: 'remove',
    subject: 'payout-methods',
    subjectId: id,
    before: { status },
    after: { status: 'removed' },
  })
  await notifyMethodChange(req, { id, member, name, kind: 'removed', display, now })
}
