import type { PayloadRequest } from 'payload'

import { DomainError } from '../domain/errors.ts'
import type { Actor } from '../platform/audit/findActor.ts'
import { recordAudit } from '../platform/audit/recordAudit.ts'
import { dbIn } from '../database/dbIn.ts'
import { alreadyDecided } from './applyChange.ts'
import { findChange, recordChangeDecision } from './changeStore.ts'

type Closing = {
  status: 'cancelled' | 'rejected'
  /** The admin who decides; null for the machine's operator. */
  by: string | null
  /** Of the machine's operator. */
  actor?: Actor
  reason: string | null
  now: Date
}

/**
 * Closes a change that waits without applying it, in the caller's transaction. Its requester
 * cancels it, another admin rejects it.
 *
 * @throws DomainError `request.not-found`, `change.decided`
 * @throws DomainError `change.not-own` someone else's request is cancelled
 */
export const closeChange = async (
  req: PayloadRequest,
  id: string,
  { actor, by, now, reason, status }: Closing,
): Promise<void> => {
  const db = await dbIn(req)
  const found = await findChange(db, id)
  if (!found) throw new DomainError('request.not-found', 'Not found.')
  if (status === 'cancelled' && found.requestedBy !== by) {
    throw new DomainError('change.not-own', 'Only its requester cancels a change. Reject it.')
  }
  const decision = { status, decidedBy: by, byOperator: by === null, reason, at: now }
  if (!(await recordChangeDecision(db, id, decision))) throw alreadyDecided()
  await recordAudit({
    req,
    action: `change-${status}`,
    subject: found.subject,
    subjectId: found.subjectId,
    before: { status: 'requested' },
    after: { status, title: found.title, requestedBy: found.requestedBy },
    reason,
    ...(actor ? { actor } : {}),
  })
}
