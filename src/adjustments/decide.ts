import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { DomainError } from '../domain/errors.ts'
import { transactionOf } from '../ledger/transactionOf.ts'
import type { Adjustment } from '../payload-types.ts'

/** A person's word on an adjustment; null where nobody is signed in. */
export type Decision = {
  adjustment: Adjustment
  at: Date
  decidedBy: string | null
  req: PayloadRequest
}
export type Decided = Pick<Adjustment, 'decidedAt' | 'decidedBy' | 'status'>

/**
 * Notes a decision on a pending adjustment, in the caller's transaction; the first of two at once
 * wins.
 *
 * @throws DomainError `adjustment.decided` it is not pending (any more)
 */
export const decide = async (
  { adjustment, at, decidedBy, req }: Decision,
  status: 'posted' | 'rejected',
): Promise<Decided> => {
  const db = await transactionOf(req)
  const decidedAt = at.toISOString()
  const { rows } = await db.execute(sql`
    update adjustments set status = ${status}, decided_by_id = ${decidedBy},
      decided_at = ${decidedAt}, updated_at = ${decidedAt}
    where id = ${adjustment.id} and status = 'pending' returning id`)
  if (rows.length === 0) {
    throw new DomainError('adjustment.decided', 'This adjustment was decided before.')
  }
  return { status, decidedBy, decidedAt }
}
