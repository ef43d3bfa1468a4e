import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../../database/dbIn.ts'

/** Credits that wait for a second person: of an import, or of an assignment that grew. */
export type HeldForReview = {
  kind: 'import' | 'assignment'
  /** The id of the import or the assignment, whose routes decide. */
  id: string
  network: string
  requestedBy: string | null
  requestedByName: string | null
  createdAt: string
  orders: number
  members: number
  /** In minor units, by currency. */
  credits: { currency: string; amountMinor: number }[]
  /** The whole cashback of a grown assignment, in minor units; null of an import. */
  cashbackMinor: number | null
}

type Row = Omit<HeldForReview, 'cashbackMinor' | 'credits'> & {
  currency: string
  amount: string
  cashback: string | null
}

/** Lists all credits that wait for a second person, oldest first. One query. */
export const listHeld = async (db: Database): Promise<HeldForReview[]> => {
  const { rows } = await db.execute<Row>(sql`
    select case when i.id is null then 'assignment' else 'import' end as kind,
      coalesce(i.id, a.id)::text as id,
      n.name as network,
      u.id::text as "requestedBy",
      coalesce(u.name, u.email) as "requestedByName",
      to_json(min(h.created_at)) #>> '{}' as "createdAt",
      count(*)::int as orders,
      count(distinct h.member_id)::int as members,
      h.currency,
      sum(h.amount_minor) as amount,
      sum(h.to_minor) filter (where a.id is not null) as cashback
    from held_credits h
    join network_transactions s on s.id = h.transaction_id
    join networks n on n.id = s.network_id
    left join file_imports i on i.id = h.file_import_id
    left join transaction_assignments a on a.id = h.assignment_id
    left join users u on u.id = h.requested_by_id
    where h.status = 'held'
    group by i.id, a.id, n.name, u.id, h.currency
    order by min(h.created_at), coalesce(i.id, a.id), h.currency`)
  const byId = new Map<string, HeldForReview>()
  for (const { amount, cashback, currency, ...row } of rows) {
    const found = byId.get(row.id)
    const cashbackMinor = cashback === null ? null : Number(cashback)
    const credit = { currency, amountMinor: Number(amount) }
    if (found) {
      found.credits.push(credit)
      found.orders += row.orders
    } else byId.set(row.id, { ...row, credits: [credit], cashbackMinor })
  }
  return [...byId.values()]
}
