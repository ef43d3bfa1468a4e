import { sql } from '@payloadcms/db-postgres'

import { addDays } from '../../domain/dates.ts'
import type { ApprovalLimit } from '../../domain/wallets/needsSecondPerson.ts'
import type { Database } from '../../database/dbIn.ts'

type ApprovalRequest = {
  member: string
  currency: string
  effect: 'credit' | 'debit' | 'rebuild'
  now: Date
}

/**
 * Loads what decides whether a second person confirms money that staff moves by hand: the limits of
 * `finance-config`, and the minor units that the member received (or lost) by hand in the last day,
 * through adjustments and assigned transactions.
 *
 * Locks the member's row until the transaction ends. Two requests for one member follow one
 * another, so that both together cannot stay below the limit.
 */
export const loadApprovalFacts = async (
  db: Database,
  { currency, effect, member, now }: ApprovalRequest,
): Promise<{ earlierMinor: number; limits: ApprovalLimit[] }> => {
  await db.execute(sql`select 1 from users where id = ${member} for no key update`)
  const since = addDays(now, -1).toISOString()
  const { rows } = await db.execute<{ sum: string }>(sql`
    select coalesce(sum(amount_minor), 0) as sum from (
      select amount_minor from adjustments
      where member_id = ${member} and effect = ${effect} and currency = ${currency}
        and status = 'posted' and decided_at > ${since}
      union all
      select amount_minor from transaction_assignments
      where member_id = ${member} and ${effect} = 'credit' and currency = ${currency}
        and status = 'applied' and decided_at > ${since}
    ) by_hand`)
  return { earlierMinor: Number(rows[0]?.sum ?? 0), limits: await loadLimits(db) }
}

const loadLimits = async (db: Database): Promise<ApprovalLimit[]> => {
  const { rows } = await db.execute<{ currency: string; above: string }>(
    sql`select currency, above_minor as above from finance_config_second_person`,
  )
  return rows.map(({ above, currency }) => ({ currency, aboveMinor: Number(above) }))
}
