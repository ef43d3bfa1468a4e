import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { recordAudit } from '../audit/recordAudit.ts'
import { DomainError } from '../domain/errors.ts'
import { type Database, transactionOf } from '../ledger/transactionOf.ts'
import type { Assigned } from './assignSale.ts'
import { giveSale } from './giveSale.ts'
import { type Asked, groundsOf } from './grounds.ts'
import { lockOrphan } from './lockOrphan.ts'

type Deciding = {
  assignment: string
  verb: 'approve' | 'reject'
  reason: string | null
  by: string
  now: Date
}
type Waiting = Asked & { sale: string; requestedBy: string | null; status: string }
type Decision = Omit<Assigned, 'status'> & { status: 'applied' | 'rejected' }

/**
 * The second person's word on an assignment that waits for one, in the caller's transaction; the
 * first of two at once wins. A rejected one leaves the sale to be assigned anew.
 *
 * @throws DomainError `assignment.own` by who asked for it, or for oneself
 * @throws DomainError `assignment.decided` it does not wait (any more)
 * @throws DomainError as `lockOrphan` and `groundsOf` do: what was true may have changed since
 */
export const decideAssignment = async (
  req: PayloadRequest,
  { assignment, by, now, reason, verb }: Deciding,
): Promise<Decision> => {
  const db = await transactionOf(req)
  const waiting = await load(db, assignment)
  if ([waiting.requestedBy, waiting.member].includes(by)) {
    throw new DomainError('assignment.own', 'A second person decides on your own request.')
  }
  if (waiting.status !== 'pending') throw wasDecided()
  const status = verb === 'approve' ? 'applied' : 'rejected'
  // The network first, then the row: whoever assigns holds them in this order.
  const orphan = status === 'applied' ? await lockOrphan(db, waiting.sale) : null
  await settle(db, { assignment, by, now, status })
  if (orphan) {
    const { merchant } = await groundsOf(db, orphan, waiting)
    await giveSale(req, { ...waiting, merchant, by, now })
  }
  const { member, sale } = waiting
  const after = { status, sale, member }
  const subject = { subject: 'sale-assignments', subjectId: assignment }
  await recordAudit({ req, action: verb, ...subject, before: { status: 'pending' }, after, reason })
  return { assignment, status }
}

const load = async (db: Database, assignment: string): Promise<Waiting> => {
  const { rows } = await db.execute<Waiting>(sql`
    select sale_id::text as sale, member_id::text as member, click_id::text as click,
      claim_id::text as claim, requested_by_id::text as "requestedBy", status::text
    from sale_assignments where id = ${assignment}`)
  if (!rows[0]) throw new DomainError('request.not-found', 'Not found.')
  return rows[0]
}

const settle = async (
  db: Database,
  {
    assignment,
    by,
    now,
    status,
  }: { status: Decision['status'] } & Omit<Deciding, 'reason' | 'verb'>,
): Promise<void> => {
  const at = now.toISOString()
  const { rows } = await db.execute(sql`
    update sale_assignments set status = ${status}, decided_by_id = ${by}, decided_at = ${at},
      updated_at = ${at} where id = ${assignment} and status = 'pending' returning id`)
  if (rows.length === 0) throw wasDecided()
}

const wasDecided = (): DomainError =>
  new DomainError('assignment.decided', 'This assignment was decided before.')
