import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { refuseApprover } from '../../domain/approvals/refuseApprover.ts'
import { addDays } from '../../domain/dates.ts'
import { DomainError } from '../../domain/errors.ts'
import { type Database, dbIn } from '../../database/dbIn.ts'
import { now as clockNow } from '../clock.ts'
import { findAccountLink } from './accountChanges.ts'
import { loadCoolDown } from './loadCoolDown.ts'

export type ApprovalQuestion = {
  /** Null when the product itself requested it. */
  requestedBy: string | null
  requestedAt: Date
  /** Ids of everybody who gains by it. */
  beneficiaries: readonly string[]
  /** The signed-in person when absent. */
  approver?: string
}

/**
 * Requires that the signed-in person is independent of a request, so that two people really agree
 * on it. The conditions are those of `refuseApprover`. Runs in the request's transaction.
 *
 * @throws DomainError `approval.not-independent` with a sentence that says which condition failed
 * @throws DomainError `auth.required` nobody is signed in and no approver is given
 * @throws DomainError `ledger.no-transaction` the request carries no transaction
 */
export const checkApprover = async (
  req: PayloadRequest,
  { approver: given, beneficiaries, requestedAt, requestedBy }: ApprovalQuestion,
): Promise<void> => {
  const approver = given ?? (req.user?.collection === 'users' ? req.user.id : undefined)
  if (approver === undefined) throw new DomainError('auth.required', 'Sign in to do this.')
  const db = await dbIn(req)
  const now = clockNow()
  const coolDownDays = await loadCoolDown(db)
  const since = addDays(now, -coolDownDays)
  const link = (account: string | null, by: string | null) =>
    account && by ? findAccountLink(db, { account, by, since }) : null
  const refusal = refuseApprover({
    approver,
    approverSince: await loadCreatedAt(db, approver),
    requestedBy,
    requestedAt,
    beneficiaries,
    byRequester: await link(approver, requestedBy),
    byApprover: await link(requestedBy, approver),
    coolDownDays,
    now,
  })
  if (!refusal) return
  const { condition, message } = refusal
  throw new DomainError('approval.not-independent', message, { condition })
}

const loadCreatedAt = async (db: Database, id: string): Promise<Date> => {
  const { rows } = await db.execute<{ at: string }>(
    sql`select to_json(created_at) #>> '{}' as at from users where id = ${id}`,
  )
  if (!rows[0]) throw new DomainError('auth.required', 'Sign in to do this.')
  return new Date(rows[0].at)
}
