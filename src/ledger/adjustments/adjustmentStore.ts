import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { DomainError } from '../../domain/errors.ts'
import { dbIn } from '../../database/dbIn.ts'
import type { Adjustment } from '../../payload-types.ts'
import type { OwnWallet } from '../statements/walletRange.ts'

/** A decision on an adjustment. `decidedBy` is null when no person is signed in. */
export type Decision = {
  adjustment: Adjustment
  at: Date
  decidedBy: string | null
  req: PayloadRequest
}
export type Decided = Pick<Adjustment, 'decidedAt' | 'decidedBy' | 'status'>

/**
 * Stores a decision on a pending adjustment, in the caller's transaction. Of two decisions at once
 * the first wins.
 *
 * @throws DomainError `adjustment.decided` it is no longer pending
 */
export const recordDecision = async (
  { adjustment, at, decidedBy, req }: Decision,
  status: 'posted' | 'rejected',
): Promise<Decided> => {
  const db = await dbIn(req)
  const decidedAt = at.toISOString()
  const { rows } = await db.execute<{ id: string }>(sql`
    update adjustments set
      status = ${status},
      decided_by_id = ${decidedBy},
      decided_at = ${decidedAt},
      updated_at = ${decidedAt}
    where id = ${adjustment.id} and status = 'pending'
    returning id`)
  if (rows.length === 0) {
    throw new DomainError('adjustment.decided', 'This adjustment is already decided.')
  }
  return { status, decidedBy, decidedAt }
}

/** A rebuild that two persons have agreed on before it is stored. */
type DecidedRebuild = {
  wallet: OwnWallet
  reason: string
  requestedBy: string
  approvedBy: string
  at: Date
}

/** Stores a rebuild that was carried out as a posted adjustment, in the caller's transaction. */
export const recordRebuild = async (
  req: PayloadRequest,
  { approvedBy, at, reason, requestedBy, wallet }: DecidedRebuild,
): Promise<void> => {
  const db = await dbIn(req)
  const decidedAt = at.toISOString()
  await db.execute(sql`
    insert into adjustments (
      id, member_id, effect, amount_minor, currency, reason, status,
      requested_by_id, decided_by_id, decided_at, created_at, updated_at)
    values (
      time_ordered_uuid(), ${wallet.owner}, 'rebuild', 0, ${wallet.currency}, ${reason}, 'posted',
      ${requestedBy}, ${approvedBy}, ${decidedAt}, ${decidedAt}, ${decidedAt})`)
}
