import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'

/** What one network owes us in one currency, by the age of the transactions. Minor units. */
export type Owed = {
  network: string
  name: string
  currency: string
  transactions: number
  upTo30Minor: number
  upTo60Minor: number
  upTo90Minor: number
  olderMinor: number
  /** The sum of the above. */
  owedMinor: number
  /** Neither approved nor paid yet, so not owed. */
  pendingMinor: number
  /**
   * The approved amount less the amount that statements paid. Below zero: they paid more. Not part
   * of `owedMinor`.
   */
  shortMinor: number
}

type Row = { network: string; name: string; currency: string } & Record<Figure, string>
type Figure = Exclude<keyof Owed, 'network' | 'name' | 'currency'>

/**
 * Sums what networks owe: approved commission less approved reversals, neither paid by a statement
 * nor reported as paid by the network. Age in whole days of 24 hours since the transaction. A
 * payment of another amount is not owed but short: it may be a fee, a tax, or still to come.
 */
export const owedByAge = async (db: Database, now: Date): Promise<Owed[]> => {
  const { rows } = await db.execute<Row>(sql`
    with open as (
      select s.network_id, s.currency, s.commission_minor as minor,
        s.paid_at is null and s.status = 'approved' as is_owed, s.paid_at is null as is_unpaid,
        s.commission_minor - s.paid_minor as short,
        floor(extract(epoch from ${now.toISOString()}::timestamptz - s.event_at) / 86400) as days
      from network_transactions s
      where (s.paid_at is null and s.status in ('pending', 'confirmed', 'approved'))
        or (s.status in ('approved', 'paid') and s.paid_minor <> s.commission_minor)
    )
    select n.id::text as network, n.name, o.currency,
      count(*) filter (where is_owed) as transactions,
      coalesce(sum(minor) filter (where is_owed and days <= 30), 0) as "upTo30Minor",
      coalesce(sum(minor) filter (where is_owed and days between 31 and 60), 0) as "upTo60Minor",
      coalesce(sum(minor) filter (where is_owed and days between 61 and 90), 0) as "upTo90Minor",
      coalesce(sum(minor) filter (where is_owed and days > 90), 0) as "olderMinor",
      coalesce(sum(minor) filter (where is_owed), 0) as "owedMinor",
      coalesce(sum(minor) filter (where is_unpaid and not is_owed), 0) as "pendingMinor",
      coalesce(sum(short) filter (where not is_unpaid), 0) as "shortMinor"
    from open o join networks n on n.id = o.network_id
    group by n.id, n.name, o.currency
    order by n.name, o.currency`)
  return rows.map((row) => ({
    network: row.network,
    name: row.name,
    currency: row.currency,
    transactions: Number(row.transactions),
    upTo30Minor: Number(row.upTo30Minor),
    upTo60Minor: Number(row.upTo60Minor),
    upTo90Minor: Number(row.upTo90Minor),
    olderMinor: Number(row.olderMinor),
    owedMinor: Number(row.owedMinor),
    pendingMinor: Number(row.pendingMinor),
    shortMinor: Number(row.shortMinor),
  }))
}
