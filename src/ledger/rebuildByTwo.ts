import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { now as clockNow } from '../clock.ts'
import { DomainError } from '../domain/errors.ts'
import { REASON_WORDS, reasonOf } from '../domain/reason.ts'
import { type Rebuilt, rebuildWallet } from './rebuildWallet.ts'
import type { OwnWallet } from './statementRange.ts'
import { type Database, transactionOf } from './transactionOf.ts'

export type RebuildRequest = {
  walletId: string
  reason: string
  /** Ids of two persons, each of finance or an admin. */
  requestedBy: string
  approvedBy: string
}

/**
 * Rebuilds a wallet on the word of two persons, and keeps theirs and the reason as an adjustment,
 * in the caller's transaction.
 *
 * @throws DomainError `adjustment.own` one person is not two
 * @throws DomainError `auth.forbidden` one of them may not move money (details name the field)
 * @throws DomainError `request.malformed-value` the reason is not 5 to 500 characters
 * @throws DomainError `request.not-found` no member has such a wallet
 */
export const rebuildByTwo = async (
  req: PayloadRequest,
  { approvedBy, reason, requestedBy, walletId }: RebuildRequest,
  now: Date = clockNow(),
): Promise<Rebuilt> => {
  const why = reasonOf(reason)
  if (why === null) {
    throw new DomainError('request.malformed-value', `Give a reason of ${REASON_WORDS}.`, {
      field: 'reason',
    })
  }
  if (requestedBy === approvedBy) {
    throw new DomainError('adjustment.own', 'A second person decides on your own request.', {
      field: 'approvedBy',
    })
  }
  const db = await transactionOf(req)
  await assertFinance(db, { requestedBy, approvedBy })
  const wallet = await findWallet(db, walletId)
  const rebuilt = await rebuildWallet({ req, ...wallet, now })
  const at = now.toISOString()
  await db.execute(sql`
    insert into adjustments (id, member_id, effect, amount_minor, currency, reason, status,
      requested_by_id, decided_by_id, decided_at, created_at, updated_at)
    values (time_ordered_uuid(), ${wallet.owner}, 'rebuild', 0, ${wallet.currency}, ${why}, 'posted',
      ${requestedBy}, ${approvedBy}, ${at}, ${at}, ${at})`)
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
