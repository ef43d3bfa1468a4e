import { sql } from '@payloadcms/db-postgres'
import type { CollectionBeforeDeleteHook } from 'payload'

import { DomainError } from '../../src/domain/errors.ts'
import { dbIn } from '../../src/database/dbIn.ts'

/**
 * Refuses to delete a person with payments, commissions, wallets or referrals: history would lose
 * its owner. The foreign keys refuse it too; this explains why.
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
    limit 1`)
  if (rows.length === 0) return
  throw new DomainError(
    'user.has-history',
    'Payments, commissions, wallets or referrals refer to this person.',
  )
}
