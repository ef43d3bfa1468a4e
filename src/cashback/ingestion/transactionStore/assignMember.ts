import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../../database/dbIn.ts'

type Assigned = {
  transaction: string
  member: string
  click: string | null
  merchant: string | null
  now: Date
}

/**
 * Assigns an unattributed transaction to a member, and keeps the reported click. Returns false if
 * the transaction already has a member.
 */
export const assignMember = async (
  db: Database,
  { click, member, merchant, now, transaction }: Assigned,
): Promise<boolean> => {
  const { rows } = await db.execute(sql`
    update network_transactions set
      member_id = ${member},
      click_id = coalesce(${click}, click_id),
      reported_click_id = case when click_id <> ${click}::uuid then click_id end,
      merchant_id = coalesce(merchant_id, ${merchant}),
      updated_at = ${now.toISOString()}
    where id = ${transaction} and member_id is null
    returning id`)
  return rows.length > 0
}
