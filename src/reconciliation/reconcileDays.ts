import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'

/** One network on one day of sales (UTC), in one currency. Minor units. */
export type ReconciledDay = {
  day: string
  network: string
  name: string
  currency: string
  sales: number
  /** The network's commission by state, less returns. */
  pendingMinor: number
  declinedMinor: number
  /** Approved, or paid by its own word: what it should pay. */
  payableMinor: number
  /** What its statements pay for these sales. */
  paidMinor: number
  /** Paid less payable: below zero, it owes. */
  differenceMinor: number
  /** Members' share of these sales, and what of it they have. */
  cashbackMinor: number
  creditedMinor: number
}

type Named = 'currency' | 'day' | 'name' | 'network'
type Row = Pick<ReconciledDay, Named> & Record<Exclude<keyof ReconciledDay, Named>, string>

export type Period = {
  /** All networks where it is absent. */
  network?: string | undefined
  from: Date
  /** Not in it any more. */
  to: Date
}

/** Theirs, ours and the difference, by network, day and currency; the newest day first. */
export const reconcileDays = async (
  db: Database,
  { from, network, to }: Period,
): Promise<ReconciledDay[]> => {
  const { rows } = await db.execute<Row>(sql`
    select to_char(s.event_at at time zone 'UTC', 'YYYY-MM-DD') as day, n.id::text as network, n.name,
      s.currency, count(*) as sales,
      coalesce(sum(s.commission_minor) filter (where s.status in ('pending', 'confirmed', 'unknown')), 0)
        as "pendingMinor",
      coalesce(sum(s.commission_minor) filter (where s.status = 'declined'), 0) as "declinedMinor",
      coalesce(sum(s.commission_minor) filter (where s.status in ('approved', 'paid')), 0)
        as "payableMinor",
      coalesce(sum(s.paid_minor), 0) as "paidMinor",
      coalesce(sum(s.paid_minor), 0)
        - coalesce(sum(s.commission_minor) filter (where s.status in ('approved', 'paid')), 0)
        as "differenceMinor",
      coalesce(sum(e.amount_minor) filter (where e.status not in ('declined', 'reversed')), 0)
        as "cashbackMinor",
      coalesce(sum(e.credited_minor), 0) as "creditedMinor"
    from network_transactions s join networks n on n.id = s.network_id
    left join cashback_events e on e.sale_id = s.id
    where s.event_at >= ${from.toISOString()} and s.event_at < ${to.toISOString()}
      and (${network ?? null}::uuid is null or s.network_id = ${network ?? null})
    group by 1, n.id, n.name, s.currency
    order by 1 desc, n.name, s.currency`)
  return rows.map(({ currency, day, name, network: id, ...figures }) => ({
    day,
    network: id,
    name,
    currency,
    ...numbersOf(figures),
  }))
}

const numbersOf = <Key extends string>(figures: Record<Key, string>): Record<Key, number> =>
  Object.fromEntries(
    Object.entries<string>(figures).map(([key, text]) => [key, Number(text)]),
  ) as Record<Key, number>
