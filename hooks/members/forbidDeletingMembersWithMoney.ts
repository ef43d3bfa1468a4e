import { sql } from '@payloadcms/db-postgres'
import type { CollectionBeforeDeleteHook } from 'payload'

import { DomainError } from '../../src/domain/errors.ts'
import { dbIn } from '../../src/database/dbIn.ts'

/**
 * Refuses to delete a person with payments, commissions, wallets, referrals, payout methods, tax ids
 * or a part in withdrawals: history would lose its owner. The foreign keys and triggers refuse it
 * too; this explains why.
 *
 * @throws DomainError `user.has-history`
 */
export const forbidDeletingMembersWithMoney: CollectionBeforeDeleteHook = async ({ id, req }) => {
  const db = await dbIn(req)
  const { rows } = await db.execute(sql`
    select 1 from wallets where owner_id = ${id}
    union all select 1 from payments where user_id = ${id}
    union all select 1 from commissions where payer_id = ${id} or referrer_id = ${id}
    union all select 1 from users where referred_by_id = ${id}
    union all select 1 from payout_methods where member_id = ${id}
    union all select 1 from tax_ids where member_id = ${id}
    union all select 1 from withdrawals where member_id = ${id} or hold_owner_id = ${id}
    union all select 1 from withdrawal_approvals where by_id = ${id}
    union all select 1 from payout_batches where created_by_id = ${id}
    union all select 1 from payout_result_files where imported_by_id = ${id}
    limit 1`)
  if (rows.length === 0) return
  throw new DomainError(
    'user.has-history',
    'Payments, commissions, wallets, referrals, payout methods or withdrawals refer to this person.',
  )
}
