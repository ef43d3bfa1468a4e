import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import { standing } from '../sync/standing.ts'

export type OrphanSums = {
  total: number
  /** What the sales come to, by currency; a sale whose sum the network does not tell is nothing. */
  sums: { currency: string; amountMinor: number }[]
}

/**
 * Sales that belong to nobody: not those that were declined, nor returns, which follow their order,
 * nor what a guest bought, unless a member claims that order.
 */
const IS_ORPHAN = sql`s.member_id is null and s.return_of is null
  and s.commission_minor >= 0 and ${standing(sql`s`)} <> 'declined'
  and (s.click_id is null or exists (select 1 from cashback_claims k
    where k.merchant_id = s.merchant_id and k.status = 'open'
      and k.order_key = upper(regexp_replace(coalesce(s.order_id, s.external_id), '[[:space:]-]', '', 'g'))))`

/** Ids of orphans, the newest first. */
export const orphanIds = async (
  db: Database,
  { limit, offset }: { limit: number; offset: number },
): Promise<string[]> => {
  const { rows } = await db.execute<{ id: string }>(sql`
    select s.id::text from network_transactions s where ${IS_ORPHAN}
    order by s.event_at desc, s.id limit ${limit} offset ${offset}`)
  return rows.map(({ id }) => id)
}

export const orphanSums = async (db: Database): Promise<OrphanSums> => {
  const { rows } = await db.execute<{ currency: string; count: string; amount: string }>(sql`
    select s.currency, count(*) as count, coalesce(sum(s.sale_minor), 0) as amount
    from network_transactions s where ${IS_ORPHAN} group by s.currency order by s.currency`)
  return {
    total: rows.reduce((sum, { count }) => sum + Number(count), 0),
    sums: rows.map(({ amount, currency }) => ({ currency, amountMinor: Number(amount) })),
  }
}

/** How many wait, by network; one that is not in it has none. */
export const orphansByNetwork = async (db: Database): Promise<Map<string, number>> => {
  const { rows } = await db.execute<{ network: string; count: number }>(sql`
    select s.network_id::text as network, count(*)::int as count
    from network_transactions s where ${IS_ORPHAN} group by s.network_id`)
  return new Map(rows.map(({ count, network }) => [network, count]))
}
