import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { DomainError } from '../domain/errors.ts'
import { postTransfer } from '../ledger/postTransfer.ts'
import { transactionOf } from '../ledger/transactionOf.ts'
import { available, platform } from '../ledger/walletRefs.ts'
import type { Adjustment } from '../payload-types.ts'

/**
 * Carries out an adjustment that may be carried out, in the caller's transaction, and notes who
 * decided. Only a pending one is; its key lets it post once.
 *
 * @throws DomainError `adjustment.decided` it is not pending (any more)
 * @throws DomainError `wallet.insufficient-funds` a debit above what is there
 */
export const postAdjustment = async ({
  adjustment,
  at,
  decidedBy,
  req,
}: {
  adjustment: Adjustment
  at: Date
  decidedBy: string | null
  req: PayloadRequest
}): Promise<Pick<Adjustment, 'decidedAt' | 'decidedBy' | 'status'>> => {
  const decided = await decide({ adjustment, at, decidedBy, req, status: 'posted' })
  const member = idOf(adjustment.member)
  const isCredit = adjustment.effect === 'credit'
  const [wallet, expense] = [available(member), platform('adjustments')]
  await postTransfer({
    req,
    key: `adjustment:${adjustment.id}`,
    kind: 'adjustment',
    from: isCredit ? expense : wallet,
    to: isCredit ? wallet : expense,
    amountMinor: adjustment.amountMinor ?? 0,
    currency: adjustment.currency,
    links: { adjustment: adjustment.id },
    reason: adjustment.reason,
    occurredAt: at,
    ...(decidedBy ? { actor: decidedBy } : {}),
  })
  return decided
}

/** Notes a decision on a pending adjustment; the first of two at once wins. */
export const decide = async ({
  adjustment,
  at,
  decidedBy,
  req,
  status,
}: {
  adjustment: Adjustment
  at: Date
  decidedBy: string | null
  req: PayloadRequest
  status: 'posted' | 'rejected'
}): Promise<Pick<Adjustment, 'decidedAt' | 'decidedBy' | 'status'>> => {
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

const idOf = (member: Adjustment['member']): string =>
  typeof member === 'object' ? member.id : member
