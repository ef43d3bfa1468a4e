import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'

/** One network on one day of transactions (UTC), in one currency. Minor units. */
export type ReconciledDay = {
  day: string
  network: string
  name: string
  currency: string
  transactions: number
  /** The network's commission by status, less reversals. */
  pendingMinor: number
  declinedMinor: number
  /** Approved, or paid by the network's own report: the amount that it should pay. */
  payableMinor: number
  /** The amount that its statements pay for these transactions. */
  paidMinor: number
  /** Paid less payable. Below zero: the network owes. */
  differenceMinor: number
  /** The members' cashback for these transactions, and the part of it that is credited. */
  cashbackMinor: number
  creditedMinor: number
}

type Named = 'currency' | 'day' | 'name' | 'network'
type Row = Pick<ReconciledDay, Named> & Record<Exclude<keyof ReconciledDay, Named>, string>

type Period = {
  /** Absent: all networks. */
  network?: string | undefined
  from: Date
  /** The first instant after the period. */
  to: Date
}

/**
 * Compares what networks reported, what they paid and what we credited, by network, day and
 * currency. The newest day first.
 */
export const reconcileDays = async (
  db: Database,
  { from, network, to }: Period,
): Promise<ReconciledDay[]> => {
  const { rows } = await db.execute<Row>(sql`
    with day as (
      select to_char(s.event_at at time zone 'UTC', 'YYYY-MM-DD') as day,
        s.network_id,
        s.currency,
        count(*) as transactions,
        sum(s.commission_minor) filter (where s.status in ('pending', 'confirmed', 'unknown'))
          as pending,
        sum(s.commission_minor) filter (where s.status = 'declined') as declined,
        coalesce(sum(s.commission_minor) filter (where s.status in ('approved', 'paid')), 0)
          as payable,
        coalesce(sum(s.paid_minor), 0) as paid,
        sum(e.amount_minor) filter (where e.status not in ('declined', 'reversed')) as cashback,
        sum(e.credited_minor) as credited
      from network_transactions s
      left join cashback_events e on e.transaction_id = s.id
      where s.event_at >= ${from.toISOString()} and s.event_at < ${to.toISOString()}
        and (${network ?? null}::uuid is null or s.network_id = ${network ?? null})
      group by 1, s.network_id, s.currency
    )
    select d.day,
      n.id::text as network,
      n.name,
      d.currency,
      d.transactions,
      coalesce(d.pending, 0) as "pendingMinor",
      coalesce(d.declined, 0) as "declinedMinor",
      d.payable as "payableMinor",
      d.paid as "paidMinor",
      d.paid - d.payable as "differenceMinor",
      coalesce(d.cashback, 0) as "cashbackMinor",
      coalesce(d.credited, 0) as "creditedMinor"
    from day d
    join networks n on n.id = d.network_id
    order by d.day desc, n.name, d.currency`)
  return rows.map(({ currency, day, name, network: id, ...figures }) => ({
    day,
    network: id,
    name,
    currency,
    ...toNumbers(figures),
  }))
}

const toNumbers = <Key extends string>(figures: Record<Key, string>): Record<Key, number> =>
  Object.fromEntries(
    Object.entries<string>(figures).map(([key, text]) => [key, Number(text)]),
  ) as Record<Key, number>
