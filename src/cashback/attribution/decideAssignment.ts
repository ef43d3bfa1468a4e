import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { checkApprover } from '../../platform/approvals/checkApprover.ts'
import { recordAudit } from '../../platform/audit/recordAudit.ts'
import { DomainError } from '../../domain/errors.ts'
import { type Database, dbIn } from '../../database/dbIn.ts'
import type { AssignmentResult } from './assignTransaction.ts'
import { applyAssignment } from './applyAssignment.ts'
import { type AssignmentRequest, loadEvidence } from './loadEvidence.ts'
import { decideGrowth } from './decideGrowth.ts'
import { recordSeen } from './growthStore.ts'
import { lockUnattributed, previewCashback } from './loadUnattributed.ts'
import { lockIngestion } from '../ingestion/ingestPage.ts'

type DecisionInput = {
  assignment: string
  verb: 'approve' | 'reject'
  /** The cashback that the decider saw, in minor units; null: the one of the request. */
  amountMinor: number | null
  reason: string | null
  by: string
  now: Date
}
type PendingRequest = AssignmentRequest & {
  transaction: string
  requestedBy: string | null
  requestedAt: string
  status: string
  amountMinor: string
  network: string
}
type Decision = Omit<AssignmentResult, 'status'> & { status: 'applied' | 'rejected' }

/**
 * Approves or rejects a pending assignment as its second person, in the caller's database
 * transaction. The first of several concurrent decisions wins. After a rejection the transaction
 * can be assigned again. Of an applied assignment that grew, it decides on the growth
 * (`decideGrowth`).
 *
 * @throws DomainError `assignment.own` the decider requested the assignment, or is its member
 * @throws DomainError `approval.not-independent` the decider depends on the requester
 * @throws DomainError `assignment.decided` it is not pending (any more)
 * @throws DomainError `assignment.grown` more waits than the decider saw
 * @throws DomainError as `lockUnattributed` and `loadEvidence` do: the facts may have changed since
 */
export const decideAssignment = async (
  req: PayloadRequest,
  { amountMinor, assignment, by, now, reason, verb }: DecisionInput,
): Promise<Decision> => {
  const db = await dbIn(req)
  const waiting = await loadAssignment(db, assignment)
  if (waiting.status === 'applied') {
    await lockIngestion(db, waiting.network)
    const decision = { assignment, by, now, reason, verb, seenMinor: amountMinor }
    return decideGrowth(req, { ...waiting, ...decision })
  }
  if ([waiting.requestedBy, waiting.member].includes(by)) {
    throw new DomainError('assignment.own', 'A second person decides on your own request.')
  }
  if (waiting.status !== 'pending') throw alreadyDecided()
  if (verb === 'approve') {
    const { member, requestedAt, requestedBy } = waiting
    const beneficiaries = [member]
    await checkApprover(req, { requestedBy, requestedAt: new Date(requestedAt), beneficiaries })
  }
  const status = verb === 'approve' ? 'applied' : 'rejected'
  // Lock the network first, then the row: assignTransaction locks them in this order.
  const unattributed = status === 'applied' ? await lockUnattributed(db, waiting.transaction) : null
  await recordDecision(db, { assignment, by, now, status })
  if (unattributed) {
    const { merchant, rate } = await loadEvidence(db, unattributed, waiting)
    const seen = amountMinor ?? Number(waiting.amountMinor)
    const seenMinor = Math.min(seen, previewCashback(unattributed, rate))
    await recordSeen(db, { assignment, seenMinor, now })
    await applyAssignment(req, { ...waiting, merchant, by, now })
  }
  const { member, transaction } = waiting
  const after = { status, transaction, member }
  const subject = { subject: 'transaction-assignments', subjectId: assignment }
  await recordAudit({ req, action: verb, ...subject, before: { status: 'pending' }, after, reason })
  return { assignment, status }
}

const loadAssignment = async (db: Database, assignment: string): Promise<PendingRequest> => {
  const { rows } = await db.execute<PendingRequest>(sql`
    select a.transaction_id::text as transaction,
      a.member_id::text as member,
      a.click_id::text as click,
      a.claim_id::text as claim,
      a.requested_by_id::text as "requestedBy",
      a.status::text,
      a.amount_minor as "amountMinor",
      s.network_id::text as network,
      to_json(a.created_at) #>> '{}' as "requestedAt"
    from transaction_assignments a
    join network_transactions s on s.id = a.transaction_id
    where a.id = ${assignment}`)
  if (!rows[0]) throw new DomainError('request.not-found', 'Not found.')
  return rows[0]
}

const recordDecision = async (
  db: Database,
  {
    assignment,
    by,
    now,
    status,
  }: { status: Decision['status'] } & Omit<DecisionInput, 'amountMinor' | 'reason' | 'verb'>,
): Promise<void> => {
  const at = now.toISOString()
  const { rows } = await db.execute(sql`
    update transaction_assignments set status = ${status}, decided_by_id = ${by}, decided_at = ${at},
      updated_at = ${at} where id = ${assignment} and status = 'pending' returning id`)
  if (rows.length === 0) throw alreadyDecided()
}

const alreadyDecided = (): DomainError =>
  new DomainError('assignment.decided', 'This assignment is already decided.')
