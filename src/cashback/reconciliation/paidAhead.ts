import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'

/** Cashback that is paid ahead: credited to members before the network paid us. Minor units. */
export type PaidAhead = {
  network: string
  name: string
  currency: string
  events: number
  creditedMinor: number
  /** The time of the oldest transaction, in ISO 8601. */
  oldestAt: string
}

/** One transaction with cashback that is paid ahead. */
export type PaidAheadTransaction = {
  event: string
  transaction: string
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

const PAID_AHEAD = sql`
  from cashback_events e
  join network_transactions s on s.id = e.transaction_id
  join networks n on n.id = s.network_id
  where e.credited_minor > 0 and s.paid_at is null and s.status <> 'paid'`

/** Sums the cashback that is paid ahead, by network and currency. */
export const sumPaidAhead = async (db: Database): Promise<PaidAhead[]> => {
  const { rows } = await db.execute<Omit<PaidAhead, keyof Counts> & Counts>(sql`
    select n.id::text as network,
      n.name,
      e.currency,
      count(*) as events,
      sum(e.credited_minor) as "creditedMinor",
      to_json(min(s.event_at)) #>> '{}' as "oldestAt"
    ${PAID_AHEAD}
    group by n.id, n.name, e.currency
    order by n.name, e.currency`)
  return rows.map((row) => ({
    ...row,
    events: Number(row.events),
    creditedMinor: Number(row.creditedMinor),
  }))
}

/** Lists the transactions with cashback that is paid ahead, oldest first. */
export const listPaidAhead = async (
  db: Database,
  limit: number,
): Promise<PaidAheadTransaction[]> => {
  const { rows } = await db.execute<Omit<PaidAheadTransaction, keyof Money> & Money>(sql`
    select e.id::text as event,
      s.id::text as transaction,
      n.id::text as network,
      n.name,
      s.external_id as "externalId",
      s.status::text,
      to_json(s.event_at) #>> '{}' as "eventAt",
      e.member_id::text as member,
      s.commission_minor as "commissionMinor",
      e.credited_minor as "creditedMinor",
      e.currency
    ${PAID_AHEAD}
    order by s.event_at, e.id
    limit ${limit}`)
  return rows.map((row) => ({
    ...row,
    commissionMinor: Number(row.commissionMinor),
    creditedMinor: Number(row.creditedMinor),
  }))
}
