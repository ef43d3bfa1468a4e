import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { approvalFacts } from '../adjustments/approvalFacts.ts'
import { recordAudit } from '../audit/recordAudit.ts'
import { needsSecondPerson } from '../domain/secondPerson.ts'
import { type Database, transactionOf } from '../ledger/transactionOf.ts'
import { cashbackFor } from './cashbackFor.ts'
import { giveSale } from './giveSale.ts'
import { type Asked, groundsOf } from './grounds.ts'
import { loadCandidates } from './loadCandidates.ts'
import { alreadyAssigned, lockOrphan } from './lockOrphan.ts'
import { suggestionOf } from './suggest.ts'
import type { Orphan, Suggestion } from './types.ts'

export type Assigning = Asked & { sale: string; note: string | null; by: string; now: Date }
export type Assigned = { assignment: string; status: 'applied' | 'pending' }

/**
 * Gives a sale without a member to one, in the caller's transaction: at once, or once a second
 * person has confirmed it, by the limits and the daily sum that adjustments are held to. What spoke
 * for it is worked out again and kept with it.
 *
 * @throws DomainError `sale.already-assigned` it has a member, or somebody asked before
 * @throws DomainError as `lockOrphan` and `groundsOf` do
 */
export const assignSale = async (req: PayloadRequest, asked: Assigning): Promise<Assigned> => {
  const { by, click, member, now, note, sale } = asked
  const db = await transactionOf(req)
  const orphan = await lockOrphan(db, sale)
  const { merchant, rate } = await groundsOf(db, orphan, asked)
  const { currency } = orphan
  const amountMinor = cashbackFor(orphan, rate)
  const facts = await approvalFacts(db, { member, currency, effect: 'credit', now })
  const isForTwo = needsSecondPerson(
    { effect: 'credit', amountMinor, currency, isOwn: member === by, ...facts },
    facts.limits,
  )
  const status: Assigned['status'] = isForTwo ? 'pending' : 'applied'
  const given = {
    ...asked,
    ...(await evidenceOf(db, orphan, asked)),
    amountMinor,
    currency,
    status,
  }
  const assignment = await insert(db, given)
  if (status === 'applied') await giveSale(req, { ...asked, merchant })
  const after = { member, click, claim: asked.claim, amountMinor, currency, status, assignment }
  const subject = { subject: 'network-transactions', subjectId: sale }
  const before = { member: null }
  await recordAudit({ req, action: 'assign', ...subject, before, after, reason: note })
  return { assignment, status }
}

/** Of what was named alone: a better click of the member is no ground if another was chosen. */
const evidenceOf = async (
  db: Database,
  orphan: Orphan,
  { claim, click, member }: Asked,
): Promise<Pick<Suggestion, 'reasons'> & { score: number | null }> => {
  const candidates = await loadCandidates(db, [orphan.id])
  const candidate = candidates.find((one) => one.member === member)
  if (!candidate) return { score: null, reasons: [] }
  const { reasons, score } = suggestionOf(orphan, {
    ...candidate,
    click: candidate.clickRow === click ? candidate.click : null,
    claim: candidate.claimRow === claim ? candidate.claim : null,
  })
  return { score: reasons.length > 0 ? score : null, reasons }
}

type Given = Assigning &
  Pick<Suggestion, 'reasons'> & {
    score: number | null
    amountMinor: number
    currency: string
    status: Assigned['status']
  }

/** The index of standing assignments lets one in, whoever comes first. */
const insert = async (db: Database, given: Given): Promise<string> => {
  const at = given.now.toISOString()
  const isApplied = given.status === 'applied'
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into sale_assignments (id, sale_id, member_id, click_id, claim_id, amount_minor, currency,
      score, reasons, note, status, requested_by_id, decided_by_id, decided_at, created_at, updated_at)
    values (time_ordered_uuid(), ${given.sale}, ${given.member}, ${given.click}, ${given.claim},
      ${given.amountMinor}, ${given.currency}, ${given.score}, ${JSON.stringify(given.reasons)}::jsonb,
      ${given.note}, ${given.status}, ${given.by}, ${isApplied ? given.by : null},
      ${isApplied ? at : null}, ${at}, ${at})
    on conflict (sale_id) where status in ('pending', 'applied') do nothing returning id::text`)
  if (!rows[0]) throw alreadyAssigned()
  return rows[0].id
}
