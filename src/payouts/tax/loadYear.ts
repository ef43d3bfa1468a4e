import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import {
  type DeductionRule,
  financialYear,
  type YearSums,
} from '../../domain/payouts/deductions.ts'

/** Sums of one member in a period, minor units of one currency. */
export type MemberSums = {
  member: string
  /** Commission and cashback that came into `available`, less what was clawed back. */
  creditedMinor: number
  /** Gross amounts of withdrawals that were requested and did not end unpaid. */
  paidOutMinor: number
  /** What was deducted of these withdrawals. */
  withheldMinor: number
  /** The base for which they were deducted, by section of the law. */
  bases: Record<string, number>
}

type Period = { members: readonly string[]; currency: string; from: Date; to: Date }

/**
 * Loads the sums of members in a period, for those with any. A credit counts when it was posted, a
 * withdrawal when it was requested: its deduction was computed then. One statement for all members.
 */
export const loadSums = async (
  db: Database,
  { currency, from, members, to }: Period,
): Promise<MemberSums[]> => {
  if (members.length === 0) return []
  const [start, end] = [from.toISOString(), to.toISOString()]
  const { rows } = await db.execute<MemberSums>(sql`
    with asked as (
      select jsonb_array_elements_text(${JSON.stringify(members)}::jsonb)::uuid as id
    ), credited as (
      select l.owner_id as member, sum(
        case when t.to_wallet_id = l.id then t.amount_minor else -t.amount_minor end) as minor
      from wallets l
      join wallet_transactions t on
        (t.to_wallet_id = l.id and t.kind in ('commission', 'cashback'))
        or (t.from_wallet_id = l.id and t.kind = 'clawback')
      where l.owner_id in (select id from asked) and l.kind = 'available'
        and l.currency = ${currency} and t.posted_at >= ${start} and t.posted_at < ${end}
      group by 1
    ), standing as (
      select * from withdrawals w
      where w.member_id in (select id from asked) and w.currency = ${currency}
        and w.status::text not in ('rejected', 'cancelled', 'failed', 'returned')
        and w.created_at >= ${start} and w.created_at < ${end}
    ), paid as (
      select w.member_id as member, sum(w.gross_minor) as gross, sum(w.deduction_minor) as withheld
      from standing w group by 1
    ), bases as (
      select b.member, json_object_agg(b.section, b.minor) as by_section
      from (${BASES}) b
      group by 1
    )
    select a.id::text as member,
      coalesce(c.minor, 0)::float8 as "creditedMinor",
      coalesce(p.gross, 0)::float8 as "paidOutMinor",
      coalesce(p.withheld, 0)::float8 as "withheldMinor",
      coalesce(b.by_section, '{}') as bases
    from asked a
    left join credited c on c.member = a.id
    left join paid p on p.member = a.id
    left join bases b on b.member = a.id
    where c.member is not null or p.member is not null`)
  return rows
}

/** The bases for which withdrawals were deducted, by member and section. */
const BASES = sql`
  select w.member_id as member, coalesce(d -> 'rule' ->> 'section', '') as section,
    sum((d ->> 'baseMinor')::numeric) as minor
  from standing w
  cross join lateral jsonb_array_elements(coalesce(w.quote -> 'deductions', '[]')) d
  group by 1, 2`

type Ask = { member: string; currency: string; rules: readonly DeductionRule[]; now: Date }

/**
 * Loads what a member's next deduction depends on: by section, the sum of its financial year so far
 * and the base that was deducted for. Rules of one section have one financial year.
 */
export const loadYear = async (
  db: Database,
  { currency, member, now, rules }: Ask,
): Promise<Partial<Record<string, YearSums>>> => {
  const years: Partial<Record<string, YearSums>> = {}
  for (const { base, section, timeZone, yearStart } of rules) {
    const { from, to } = financialYear(now, yearStart, timeZone)
    const [sums] = await loadSums(db, { members: [member], currency, from, to })
    const gross = (base === 'credit' ? sums?.creditedMinor : sums?.paidOutMinor) ?? 0
    years[section] = { grossMinor: Math.max(0, gross), baseMinor: sums?.bases[section] ?? 0 }
  }
  return years
}
