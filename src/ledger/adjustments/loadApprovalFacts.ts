import { sql } from '@payloadcms/db-postgres'

import { addDays } from '../../domain/dates.ts'
import type { ApprovalLimit } from '../../domain/wallets/needsSecondPerson.ts'
import type { Database } from '../../database/dbIn.ts'

type ApprovalRequest = {
  member: string
  /** The person who requests it; null when the product does. */
  by: string | null
  currency: string
  effect: 'credit' | 'debit' | 'rebuild'
  now: Date
}
type ApprovalSums = { earlierMinor: number; actorEarlierMinor: number }

/**
 * Loads what decides whether a second person confirms money that staff moves by hand: the limits of
 * `finance-config`, the minor units that the member received (or lost) by hand in the last day, and
 * those that the requester moved in it without a second person, through adjustments, assigned
 * transactions and imported files.
 *
 * Locks the rows of both people until the transaction ends. Two requests for one member, or by one
 * person, follow one another, so that both together cannot stay below the limit.
 */
export const loadApprovalFacts = async (
  db: Database,
  request: ApprovalRequest,
): Promise<ApprovalSums & { limits: ApprovalLimit[] }> => {
  const { by, member } = request
  await db.execute(sql`
    select 1 from users where id in (${member}, ${by}) order by id for no key update`)
  return { ...(await loadSums(db, request)), limits: await loadLimits(db) }
}

const loadSums = async (
  db: Database,
  { by, currency, effect, member, now }: ApprovalRequest,
): Promise<ApprovalSums> => {
  const since = addDays(now, -1).toISOString()
  const { rows } = await db.execute<{ member: string; actor: string }>(sql`
    select
      coalesce(sum(amount_minor) filter (where member_id = ${member}), 0) as member,
      coalesce(sum(amount_minor) filter (
        where requested_by_id = ${by} and decided_by_id = ${by}), 0) as actor
    from (
      select member_id, requested_by_id, decided_by_id, amount_minor from adjustments
      where effect = ${effect} and currency = ${currency}
        and status = 'posted' and decided_at > ${since}
        and (member_id = ${member} or requested_by_id = ${by})
      union all
      select member_id, requested_by_id, decided_by_id, amount_minor from transaction_assignments
      where ${effect} = 'credit' and currency = ${currency}
        and status = 'applied' and decided_at > ${since}
        and (member_id = ${member} or requested_by_id = ${by})
      union all
      select h.member_id, h.requested_by_id,
        -- A growth of an assignment within the limits: its requester alone caused it.
        case when h.file_import_id is null or i.status = 'applied' then h.requested_by_id end,
        h.amount_minor
      from held_credits h left join file_imports i on i.id = h.file_import_id
      where ${effect} = 'credit' and h.currency = ${currency}
        and h.status = 'released' and h.decided_at > ${since}
        and (h.member_id = ${member} or h.requested_by_id = ${by})
    ) by_hand`)
  return {
    earlierMinor: Number(rows[0]?.member ?? 0),
    actorEarlierMinor: Number(rows[0]?.actor ?? 0),
  }
}

const loadLimits = async (db: Database): Promise<ApprovalLimit[]> => {
  const { rows } = await db.execute<{ currency: string; above: string; actor: string | null }>(sql`
    select currency, above_minor as above, actor_above_minor as actor
    from finance_config_second_person`)
  return rows.map(({ above, actor, currency }) => ({
    currency,
    aboveMinor: Number(above),
    actorAboveMinor: actor === null ? null : Number(actor),
  }))
}
