import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { dbIn } from '../database/dbIn.ts'
import type { CommissionDecision, CommissionFacts } from '../domain/referrals/commission.ts'
import type { CommissionStatus } from '../domain/referrals/explainCommission.ts'

export type Recorded = { id: string } | 'decided-before' | 'first-taken'

/**
 * Stores a decision with its rule and facts, in the caller's transaction. A payment is decided
 * once: a second decision writes nothing and returns `decided-before`. While only the first payment
 * of a payer earns, a unique key admits one of two payments at once; the other returns
 * `first-taken` and must be decided again.
 */
export const recordCommission = async ({
  decision,
  facts,
  paymentId,
  req,
}: {
  decision: CommissionDecision
  facts: CommissionFacts
  paymentId: string
  req: PayloadRequest
}): Promise<Recorded> => {
  const db = await dbIn(req)
  const { payer, payment, program } = facts
  const at = facts.now.toISOString()
  const isFirst = program.duration === 'first' && decision.status !== 'skipped'

  const { rows } = await db.execute<{ id: string }>(sql`
    insert into commissions (
      id, payment_id, payer_id, referrer_id, status, reason, rate_bps, base_minor, amount_minor,
      currency, is_first, rule, checks, hold_until, decided_at, created_at, updated_at)
    values (
      time_ordered_uuid(), ${paymentId}, ${payer.id}, ${decision.referrerId}, ${decision.status},
      ${decision.reason}, ${program.rateBps}, ${payment.amountMinor}, ${decision.amountMinor},
      ${payment.currency}, ${isFirst}, ${JSON.stringify(program)},
      ${JSON.stringify(decision.checks)}, ${decision.holdUntil?.toISOString() ?? null},
      ${at}, ${at}, ${at})
    on conflict do nothing
    returning id`)
  if (rows[0]) return rows[0]

  const decided = await db.execute(sql`select 1 from commissions where payment_id = ${paymentId}`)
  return decided.rows.length > 0 ? 'decided-before' : 'first-taken'
}

/**
 * Stores how much of a commission is reversed in total, in minor units, and its status after that.
 * Of a cancelled or reversed commission nothing is left, so it is no longer the payer's first,
 * whether it was paid at once or after a hold.
 */
export const recordReversal = async (
  req: PayloadRequest,
  { id, reversedMinor, status }: { id: string; reversedMinor: number; status: CommissionStatus },
): Promise<void> => {
  const db = await dbIn(req)
  await db.execute(sql`
    update commissions set
      reversed_minor = ${reversedMinor},
      status = ${status},
      is_first = is_first and ${status} not in ('cancelled', 'reversed'),
      updated_at = now()
    where id = ${id}`)
}

/** Stores that held commissions are paid now, in the caller's transaction. */
export const recordReleases = async (
  req: PayloadRequest,
  ids: string[],
  now: Date,
): Promise<void> => {
  const db = await dbIn(req)
  const list = sql.join(
    ids.map((id) => sql`${id}::uuid`),
    sql`, `,
  )
  await db.execute(sql`
    update commissions set
      updated_at = ${now.toISOString()},
      status = case when reversed_minor > 0 then 'partly-reversed' else 'awarded'
        end::enum_commissions_status
    where id in (${list})`)
}
