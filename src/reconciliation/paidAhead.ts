import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'

/** Cashback that members have while the network has not paid us. Minor units. */
export type Advance = {
  network: string
  name: string
  currency: string
  events: number
  creditedMinor: number
  /** Since when the oldest sale waits, in ISO 8601. */
  oldestAt: string
}

/** One of them. */
export type AdvancedSale = {
  event: string
  sale: string
  network: string
  name: string
  externalId: string
  status: string
  eventAt: string
  member: string
  commissionMinor: number
  creditedMinor: number
  currency: string
}

type Counts = { creditedMinor: string; events: string }
type Money = { commissionMinor: string; creditedMinor: string }

const AHEAD = sql`from cashback_events e join network_transactions s on s.id = e.sale_id
  join networks n on n.id = s.network_id
  where e.credited_minor > 0 and s.paid_at is null and s.status <> 'paid'`

/** What was credited before we were paid, by network and currency. */
export const paidAhead = async (db: Database): Promise<Advance[]> => {
  const { rows } = await db.execute<Omit<Advance, keyof Counts> & Counts>(sql`
    select n.id::text as network, n.name, e.currency, count(*) as events,
      sum(e.credited_minor) as "creditedMinor", to_json(min(s.event_at)) #>> '{}' as "oldestAt"
    ${AHEAD} group by n.id, n.name, e.currency order by n.name, e.currency`)
  return rows.map((row) => ({
    ...row,
    events: Number(row.events),
    creditedMinor: Number(row.creditedMinor),
  }))
}

/** The sales of it, those that wait longest first. */
export const listPaidAhead = async (db: Database, limit: number): Promise<AdvancedSale[]> => {
  const { rows } = await db.execute<Omit<AdvancedSale, keyof Money> & Money>(sql`
    select e.id::text as event, s.id::text as sale, n.id::text as network, n.name,
      s.external_id as "externalId", s.status::text, to_json(s.event_at) #>> '{}' as "eventAt",
      e.member_id::text as member, s.commission_minor as "commissionMinor",
      e.credited_minor as "creditedMinor", e.currency
    ${AHEAD} order by s.event_at, e.id limit ${limit}`)
  return rows.map((row) => ({
    ...row,
    commissionMinor: Number(row.commissionMinor),
    creditedMinor: Number(row.creditedMinor),
  }))
}
