import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { checkApprover } from '../../platform/approvals/checkApprover.ts'
import { now as clockNow } from '../../platform/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import { REASON_RULE, checkReason } from '../../domain/reason.ts'
import { recordRebuild } from './adjustmentStore.ts'
import { type Rebuilt, rebuildWallet } from '../verification/rebuildWallet.ts'
import type { OwnWallet } from '../statements/walletRange.ts'
import { type Database, dbIn } from '../../database/dbIn.ts'

export type RebuildRequest = {
  walletId: string
  reason: string
  /** Ids of two persons, each of finance or an admin. */
  requestedBy: string
  approvedBy: string
}

/**
 * Rebuilds a wallet that two persons agree on, and stores both and the reason as an adjustment, in
 * the caller's transaction.
 *
 * @throws DomainError `adjustment.own` both are the same person
 * @throws DomainError `approval.not-independent` the approver depends on the requester
 * @throws DomainError `auth.forbidden` one of them may not move money (details name the field)
 * @throws DomainError `request.malformed-value` the reason is not 5 to 500 characters
 * @throws DomainError `request.not-found` no member has such a wallet
 */
export const rebuildByTwo = async (
  req: PayloadRequest,
  { approvedBy, reason, requestedBy, walletId }: RebuildRequest,
  now: Date = clockNow(),
): Promise<Rebuilt> => {
  const checked = checkReason(reason)
  if (checked === null) {
    throw new DomainError('request.malformed-value', `Give a reason of ${REASON_RULE}.`, {
      field: 'reason',
    })
  }
  if (requestedBy === approvedBy) {
    throw new DomainError('adjustment.own', 'A second person decides on your own request.', {
      field: 'approvedBy',
    })
  }
  const db = await dbIn(req)
  await assertFinance(db, { requestedBy, approvedBy })
  const wallet = await findWallet(db, walletId)
  const both = { requestedBy, approver: approvedBy, requestedAt: clockNow() }
  await checkApprover(req, { ...both, beneficiaries: [wallet.owner] })
  const rebuilt = await rebuildWallet({ req, ...wallet, now })
  await recordRebuild(req, { wallet, reason: checked, requestedBy, approvedBy, at: now })
  return rebuilt
}

const assertFinance = async (
  db: Database,
  persons: Record<'approvedBy' | 'requestedBy', string>,
): Promise<void> => {
  for (const [field, id] of Object.entries(persons)) {
    const { rows } = await db.execute(
      sql`select 1 from users where id = ${id} and role in ('admin', 'finance')`,
    )
    if (rows.length === 0) {
      throw new DomainError('auth.forbidden', 'Only finance or an admin may do this.', { field })
    }
  }
}

const findWallet = async (db: Database, id: string): Promise<OwnWallet> => {
  const { rows } = await db.execute<OwnWallet>(sql`
    select owner_id as owner, kind, currency from wallets
    where id::text = ${id} and owner_id is not null`)
  if (!rows[0]) throw new DomainError('request.not-found', 'No member has such a wallet.')
  return rows[0]
}
