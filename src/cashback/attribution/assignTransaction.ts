import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { loadApprovalFacts } from '../../ledger/adjustments/loadApprovalFacts.ts'
import { recordAudit } from '../../platform/audit/recordAudit.ts'
import { needsSecondPerson } from '../../domain/wallets/needsSecondPerson.ts'
import { type Database, dbIn } from '../../database/dbIn.ts'
import { alreadyAssigned, lockUnattributed, previewCashback } from './loadUnattributed.ts'
import { applyAssignment } from './applyAssignment.ts'
import { type AssignmentRequest, loadEvidence } from './loadEvidence.ts'
import { scoreEvidence, type Suggestion } from './suggestMembers.ts'

type AssignmentInput = AssignmentRequest & {
  transaction: string
  note: string | null
  by: string
  now: Date
}
export type AssignmentResult = { assignment: string; status: 'applied' | 'pending' }

/**
 * Assigns an unattributed transaction to a member, in the caller's database transaction. It is
 * applied at once, or waits for a second person: the limits and the daily sum are those of
 * adjustments. The evidence is scored again and stored with the assignment.
 *
 * @throws DomainError `transaction.already-assigned` it has a member or a pending assignment
 * @throws DomainError as `lockUnattributed` and `loadEvidence` do
 */
export const assignTransaction = async (
  req: PayloadRequest,
  input: AssignmentInput,
): Promise<AssignmentResult> => {
  const { by, claim, click, member, now, note, transaction } = input
  const db = await dbIn(req)
  const unattributed = await lockUnattributed(db, transaction)
  const { merchant, rate } = await loadEvidence(db, unattributed, input)
  const { currency } = unattributed
  const amountMinor = previewCashback(unattributed, rate)
  const facts = await loadApprovalFacts(db, { member, by, currency, effect: 'credit', now })
  const needsTwo = needsSecondPerson(
    { effect: 'credit', amountMinor, currency, isOwn: member === by, ...facts },
    facts.limits,
  )
  const status: AssignmentResult['status'] = needsTwo ? 'pending' : 'applied'
  const score = await scoreEvidence(db, unattributed, input)
  const assignment = await insertAssignment(db, {
    ...input,
    ...score,
    amountMinor,
    currency,
    status,
  })
  if (status === 'applied') await applyAssignment(req, { ...input, merchant })
  const after = { member, click, claim, amountMinor, currency, status, assignment }
  const subject = { subject: 'network-transactions', subjectId: transaction }
  const before = { member: null }
  await recordAudit({ req, action: 'assign', ...subject, before, after, reason: note })
  return { assignment, status }
}

type NewAssignment = AssignmentInput &
  Pick<Suggestion, 'reasons'> & {
    score: number | null
    amountMinor: number
    currency: string
    status: AssignmentResult['status']
  }

/** A unique index admits one pending or applied assignment for each transaction. */
const insertAssignment = async (db: Database, given: NewAssignment): Promise<string> => {
  const at = given.now.toISOString()
  const isApplied = given.status === 'applied'
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into transaction_assignments (id, transaction_id, member_id, click_id, claim_id,
      amount_minor, seen_minor, currency, score, reasons, note, status, requested_by_id, decided_by_id,
      decided_at, created_at, updated_at)
    values (time_ordered_uuid(), ${given.transaction}, ${given.member}, ${given.click},
      ${given.claim}, ${given.amountMinor}, ${given.amountMinor}, ${given.currency}, ${given.score},
      ${JSON.stringify(given.reasons)}::jsonb, ${given.note}, ${given.status}, ${given.by},
      ${isApplied ? given.by : null}, ${isApplied ? at : null}, ${at}, ${at})
    on conflict (transaction_id) where status in ('pending', 'applied') do nothing
    returning id::text`)
  if (!rows[0]) throw alreadyAssigned()
  return rows[0].id
}
