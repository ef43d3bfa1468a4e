import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { answerClaim } from '../claims/answerClaim.ts'
import { transactionOf } from '../ledger/transactionOf.ts'
import { linkReturns } from '../sync/linkReturns.ts'
import { reduceSales } from '../sync/reduceSales.ts'
import type { Asked } from './grounds.ts'
import { alreadyAssigned } from './lockOrphan.ts'

type Gift = Asked & { sale: string; merchant: string | null; by: string; now: Date }

/**
 * Makes a sale a member's: their cashback, money and messages as if the network had told of their
 * click, and the claim accepted, all in the caller's transaction.
 *
 * @throws DomainError `sale.already-assigned`, `claim.decided`
 */
export const giveSale = async (req: PayloadRequest, gift: Gift): Promise<void> => {
  const { by, claim, click, member, merchant, now, sale } = gift
  const db = await transactionOf(req)
  const { rows } = await db.execute(sql`
    update network_transactions set member_id = ${member}, click_id = coalesce(${click}, click_id),
      named_click_id = case when click_id <> ${click}::uuid then click_id end,
      merchant_id = coalesce(merchant_id, ${merchant}), updated_at = ${now.toISOString()}
    where id = ${sale} and member_id is null returning id`)
  if (rows.length === 0) throw alreadyAssigned()
  const linked = await linkReturns(db, [sale])
  if (claim !== null) {
    const answer = 'We found your order, and its cashback is yours.'
    await answerClaim(req, { claim, answer, status: 'accepted', sale, by, now })
  }
  await reduceSales(req, { ids: [sale, ...linked], now })
}
