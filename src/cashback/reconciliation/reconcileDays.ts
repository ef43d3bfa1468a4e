import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import { addDays } from '../../domain/dates.ts'
import { DomainError } from '../../domain/errors.ts'
import { isDay, nextDay } from '../../domain/zonedDay.ts'

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

const DEFAULT_DAYS = 30
const MAX_DAYS = 366
const DAY_MS = 86_400_000

type PeriodQuery = {
  /** Days; both belong to the period. */
  from?: string | undefined
  to?: string | undefined
  now: Date
}

/**
 * The period of a reconciliation, in days of UTC. Default: the 30 days that end today.
 *
 * @throws DomainError `request.malformed-value` a text is no day, the end is before the beginning,
 *   or the period is longer than a year
 */
export const parseReconciledPeriod = ({ from, now, to }: PeriodQuery): { from: Date; to: Date } => {
  const end = new Date(`${nextDay(parseDay(to, 'to') ?? now.toISOString().slice(0, 10))}T00:00:00Z`)
  const day = parseDay(from, 'from')
  const start = day === null ? addDays(end, -DEFAULT_DAYS) : new Date(`${day}T00:00:00Z`)
  if (start >= end) throw malformed('The period ends before it begins.', 'from')
  if (end.getTime() - start.getTime() > MAX_DAYS * DAY_MS) {
    throw malformed('The period is longer than a year.', 'from')
  }
  return { from: start, to: end }
}

const parseDay = (text: string | undefined, field: string): string | null => {
  if (!text) return null
  if (isDay(text)) return text
  throw malformed('Give a day such as 2026-11-01.', field)
}

const malformed = (message: string, field: string) =>
  new DomainError('request.malformed-value', message, { field })
