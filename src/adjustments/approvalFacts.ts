import { sql } from '@payloadcms/db-postgres'

import { addDays } from '../domain/dates.ts'
import type { ApprovalLimit } from '../domain/secondPerson.ts'
import type { Database } from '../ledger/transactionOf.ts'

type Asked = { member: string; currency: string; effect: 'credit' | 'debit' | 'rebuild'; now: Date }

/**
 * What decides whether a second person confirms money that staff gives or takes by hand: the limits
 * of `finance-config`, and what the member got (or lost) by hand in the last day, be it by
 * adjustments or by sales that were assigned. From here to the end of the transaction others wait
 * who ask about the same member, so that two at once cannot both fit below the limit.
 */
export const approvalFacts = async (
  db: Database,
  { currency, effect, member, now }: Asked,
): Promise<{ earlierMinor: number; limits: ApprovalLimit[] }> => {
  await db.execute(sql`select 1 from users where id = ${member} for no key update`)
  const since = addDays(now, -1).toISOString()
  const { rows } = await db.execute<{ sum: string }>(sql`
    select coalesce(sum(amount_minor), 0) as sum from (
      select amount_minor from adjustments
      where member_id = ${member} and effect = ${effect} and currency = ${currency}
        and status = 'posted' and decided_at > ${since}
      union all
      select amount_minor from sale_assignments
      where member_id = ${member} and ${effect} = 'credit' and currency = ${currency}
        and status = 'applied' and decided_at > ${since}
    ) by_hand`)
  return { earlierMinor: Number(rows[0]?.sum ?? 0), limits: await limitsOf(db) }
}

const limitsOf = async (db: Database): Promise<ApprovalLimit[]> => {
  const { rows } = await db.execute<{ currency: string; above: string }>(
    sql`select currency, above_minor as above from finance_config_second_person`,
  )
  return rows.map(({ above, currency }) => ({ currency, aboveMinor: Number(above) }))
}
