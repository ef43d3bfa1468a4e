import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { dbIn } from '../database/dbIn.ts'
import { commissionEarned } from '../messaging/templates/commissionEarned.ts'
import { queueNotifications } from '../messaging/outbox/queueNotifications.ts'

/**
 * Notifies referrers of the commissions that these transfers paid, in the transaction that pays
 * them. Always two statements, for any number of transfers.
 */
export const notifyEarned = async (
  req: PayloadRequest,
  transfers: string[],
  now: Date,
): Promise<void> => {
  if (transfers.length === 0) return
  const db = await dbIn(req)
  const { rows } = await db.execute<Row>(sql`
    select
      t.commission_id as commission,
      c.referrer_id as referrer,
      u.name,
      t.amount_minor as amount,
      t.to_balance_after as balance,
      t.currency
    from wallet_transactions t
    join commissions c on c.id = t.commission_id
    join users u on u.id = c.referrer_id
    where t.id in (${sql.join(
      transfers.map((id) => sql`${id}::uuid`),
      sql`, `,
    )})`)
  const notices = rows.map(({ amount, balance, commission, currency, name, referrer }) => ({
    key: `commission-earned:${commission}`,
    template: commissionEarned,
    data: { name, amountMinor: Number(amount), balanceMinor: Number(balance), currency },
    user: referrer,
  }))
  await queueNotifications(req, notices, now)
}

type Row = {
  commission: string
  referrer: string
  name: string | null
  amount: string
  balance: string
  currency: string
}
