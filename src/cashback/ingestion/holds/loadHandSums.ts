import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../../database/dbIn.ts'
import type { Credit, CreditLimits } from '../../../domain/cashback/judgeCredits.ts'
import { addDays } from '../../../domain/dates.ts'

type SumsRequest = {
  members: string[]
  /** Null: the owner of the machine, who has no sum. */
  actor: string | null
  /** A transaction to leave out, because its whole amount is judged. */
  exceptTransaction?: string | null
  now: Date
}

export type HandSums = { earlierOfMembers: Credit[]; earlierOfActor: Omit<Credit, 'member'>[] }

/**
 * Sums what people credited in the last day, to these members and by this actor: adjustments,
 * assignments, and credits of imports and of grown assignments. Locks the rows of the members and
 * of the actor until the transaction ends, so that two causes at once cannot both stay below a
 * limit.
 */
export const loadHandSums = async (
  db: Database,
  { actor, exceptTransaction = null, members, now }: SumsRequest,
): Promise<HandSums> => {
  const people = JSON.stringify([...members, ...(actor === null ? [] : [actor])])
  await db.execute(sql`
    select 1 from users
    where id in (select value::uuid from jsonb_array_elements_text(${people}::jsonb))
    order by id for no key update`)
  const since = addDays(now, -1).toISOString()
  const byHand = sql`
    select member_id, requested_by_id, currency, amount_minor from adjustments
    where effect = 'credit' and status = 'posted' and decided_at > ${since}
    union all
    select member_id, requested_by_id, currency, amount_minor from transaction_assignments
    where status = 'applied' and decided_at > ${since}
      and transaction_id is distinct from ${exceptTransaction}
    union all
    select member_id, requested_by_id, currency, amount_minor from held_credits
    where status = 'released' and decided_at > ${since}
      and transaction_id is distinct from ${exceptTransaction}`
  const { rows } = await db.execute<{ member: string | null; currency: string; sum: string }>(sql`
    with by_hand as materialized (${byHand})
    select member_id::text as member, currency, sum(amount_minor) as sum
    from by_hand
    where member_id in (
      select value::uuid from jsonb_array_elements_text(${JSON.stringify(members)}::jsonb)
    )
    group by member_id, currency
    union all
    select null, currency, sum(amount_minor)
    from by_hand where requested_by_id = ${actor}
    group by currency`)
  const sums: HandSums = { earlierOfMembers: [], earlierOfActor: [] }
  for (const { currency, member, sum } of rows) {
    const one = { currency, amountMinor: Number(sum) }
    if (member === null) sums.earlierOfActor.push(one)
    else sums.earlierOfMembers.push({ member, ...one })
  }
  return sums
}

type LimitsRow = { currency: string; import: string; member: string; actor: string }

/** Loads the limits of `finance-config` on credits from files and grown assignments. */
export const loadCreditLimits = async (db: Database): Promise<CreditLimits[]> => {
  const { rows } = await db.execute<LimitsRow>(sql`
    select currency, per_import_minor as import, per_member_minor as member,
      per_actor_minor as actor
    from finance_config_credits`)
  return rows.map((row) => ({
    currency: row.currency,
    perImportMinor: Number(row.import),
    perMemberMinor: Number(row.member),
    perActorMinor: Number(row.actor),
  }))
}
