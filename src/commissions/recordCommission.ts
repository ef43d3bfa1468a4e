import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import type { CommissionDecision, CommissionFacts } from '../domain/commission.ts'
import { transactionOf } from '../ledger/transactionOf.ts'

export type Recorded = { id: string } | 'decided-before' | 'first-taken'

/**
 * Keeps a decision with the rule and the facts that made it. A payment is decided once: for a
 * second decision nothing is written and `decided-before` is answered. While only the first
 * payment of a payer earns, a unique key lets one of two at the same time in; the other gets
 * `first-taken` and is to be decided again.
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
  const db = await transactionOf(req)
  const { payer, payment, program } = facts
  const at = facts.now.toISOString()
  const isFirst = program.duration === 'first' && decision.status !== 'skipped'

  const { rows } = await db.execute<{ id: string }>(sql`
    insert into commissions (id, payment_id, payer_id, referrer_id, status, reason, rate_bps,
      base_minor, amount_minor, currency, is_first, rule, checks, hold_until, decided_at,
      created_at, updated_at)
    values (time_ordered_uuid(), ${paymentId}, ${payer.id}, ${decision.referrerId},
      ${decision.status}, ${decision.reason}, ${program.rateBps}, ${payment.amountMinor},
      ${decision.amountMinor}, ${payment.currency}, ${isFirst}, ${JSON.stringify(program)},
      ${JSON.stringify(decision.checks)}, ${decision.holdUntil?.toISOString() ?? null},
      ${at}, ${at}, ${at})
    on conflict do nothing
    returning id`)
  if (rows[0]) return rows[0]

  const decided = await db.execute(sql`select 1 from commissions where payment_id = ${paymentId}`)
  return decided.rows.length > 0 ? 'decided-before' : 'first-taken'
}
