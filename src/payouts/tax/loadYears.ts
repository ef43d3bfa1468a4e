import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import {
  type DeductionRule,
  financialYear,
  type YearSums,
} from '../../domain/payouts/deductions.ts'

type Ask = { member: string; currency: string; rules: readonly DeductionRule[]; now: Date }

/**
 * Loads what a member was credited or paid in the present financial year, and for how much of it was
 * deducted, by section. Withdrawals that ended unpaid do not count.
 */
export const loadYears = async (
  db: Database,
  { currency, member, now, rules }: Ask,
): Promise<Record<string, YearSums>> => {
  const years: Record<string, YearSums> = {}
  for (const rule of rules) {
    const { from } = financialYear(now, rule.yearStart, rule.timeZone)
    years[rule.section] = await loadYear(db, {
      member,
      currency,
      base: rule.base,
      section: rule.section,
      from: from.toISOString(),
    })
  }
  return years
}

type YearAsk = Pick<DeductionRule, 'base' | 'section'> & {
  member: string
  currency: string
  /** The first instant of the year. */
  from: string
}

const loadYear = async (
  db: Database,
  { base, currency, from, member, section }: YearAsk,
): Promise<YearSums> => {
  const gross = base === 'credit' ? credited(member, currency, from) : paid(member, currency, from)
  const { rows } = await db.execute<YearSums>(sql`
    select
      (${gross})::float8 as "grossMinor",
      (select coalesce(sum((line ->> 'baseMinor')::bigint), 0)::float8
        from withdrawals w, jsonb_array_elements(w.quote -> 'deductions') line
        where w.member_id = ${member} and w.currency = ${currency} and w.created_at >= ${from}
          and w.status::text not in ('rejected', 'cancelled', 'failed', 'returned')
          and line #>> '{rule,section}' = ${section}) as "baseMinor"`)
  return rows[0] ?? { grossMinor: 0, baseMinor: 0 }
}

const paid = (member: string, currency: string, from: string) => sql`
  select coalesce(sum(w.gross_minor), 0) from withdrawals w
  where w.member_id = ${member} and w.currency = ${currency} and w.created_at >= ${from}
    and w.status::text not in ('rejected', 'cancelled', 'failed', 'returned')`

/** Commissions and cashback of the year, less what was taken back of them. */
const credited = (member: string, currency: string, from: string) => sql`
  select coalesce(sum(
      case when t.to_wallet_id = l.id then t.amount_minor else -t.amount_minor end), 0)
  from wallets l
  join wallet_transactions t on t.to_wallet_id = l.id or t.from_wallet_id = l.id
  where l.owner_id = ${member} and l.currency = ${currency} and l.kind = 'available'
    and t.kind in ('cashback', 'clawback', 'commission') and t.posted_at >= ${from}`
