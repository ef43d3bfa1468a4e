import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import type { SkipReason } from '../../../../src/domain/referrals/commission.ts'
import type { CommissionStatus } from '../../../../src/domain/referrals/explainCommission.ts'
import { readDb } from '../../../../src/database/readDb.ts'
import { selectTrail, type TrailRow } from '../../../../src/ledger/selectTrail.ts'

type Named = { id: string; name: string }
export type Refund = { id: string; reference: string; amountMinor: number; at: string }
export type EarlierPayment = {
  id: string
  reference: string
  completedAt: string | null
  amountMinor: number
  currency: string
  status: CommissionStatus | null
  reason: SkipReason | null
}

/** The context of a payment's decision: people, refunds, transfers, earlier payments and the rule. */
export type PaymentStory = {
  payment: Named & { status: string }
  payer: Named
  commission: { id: string; decidedAt: string; referrer: Named | null } | null
  refunds: Refund[]
  transfers: TrailRow[]
  earlier: EarlierPayment[]
  earlierCount: number
  /** The version of the rule that decided, and its period. */
  ruleVersion: { id: string; from: string; until: string | null } | null
  rule: { version: number; rateBps: number } | null
  /** Adjustments above it need two persons; null when all of them do. */
  secondPersonAboveMinor: number | null
}

const EARLIER = 5

/** Loads the context with one query; null for an unknown payment. Checks no access. */
export const loadPaymentStory = async (
  req: PayloadRequest,
  paymentId: string,
): Promise<PaymentStory | null> => {
  const db = await readDb(req)
  const { rows } = await db.execute<{ story: PaymentStory }>(sql`
    select jsonb_build_object(
      'payment', jsonb_build_object('id', p.id, 'name', p.reference, 'status', p.status),
      'payer', jsonb_build_object('id', payer.id, 'name', coalesce(payer.name, payer.email)),
      'commission', (
        select jsonb_build_object('id', c.id, 'decidedAt', c.decided_at, 'referrer', (
          select jsonb_build_object('id', r.id, 'name', coalesce(r.name, r.email))
          from users r where r.id = c.referrer_id))
        from commissions c where c.payment_id = p.id),
      'refunds', (
        select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'reference', r.reference,
          'amountMinor', r.amount_minor, 'at', r.created_at) order by r.created_at, r.id), '[]')
        from refunds r where r.payment_id = p.id),
      'transfers', ${transfersOf},
      'earlier', ${earlierOf},
      'earlierCount', (select count(*) from payments e where e.user_id = p.user_id
        and e.status = 'completed' and e.completed_at < p.completed_at),
      'ruleVersion', ${ruleVersionOf},
      'rule', (select jsonb_build_object('version', g.version, 'rateBps', g.rate_bps)
        from affiliation_config g limit 1),
      'secondPersonAboveMinor', (select l.above_minor from finance_config_second_person l
        where l.currency = p.currency limit 1)
    ) as story
    from payments p join users payer on payer.id = p.user_id where p.id = ${paymentId}`)
  return rows[0]?.story ?? null
}

const transfersOf = selectTrail(sql`t.payment_id = p.id`)

const earlierOf = sql`(
  select coalesce(jsonb_agg(to_jsonb(e) order by e."completedAt" desc), '[]') from (
    select e.id, e.reference, e.completed_at as "completedAt", e.amount_minor as "amountMinor",
      e.currency, c.status, c.reason
    from payments e left join commissions c on c.payment_id = e.id
    where e.user_id = p.user_id and e.status = 'completed' and e.completed_at < p.completed_at
    order by e.completed_at desc limit ${EARLIER}) e)`

const ruleVersionOf = sql`(
  select jsonb_build_object('id', v.id, 'from', v.created_at, 'until', (
    select min(next.created_at) from _affiliation_config_v next
    where next.version_version > v.version_version))
  from commissions c join _affiliation_config_v v
    on v.version_version = (c.rule ->> 'version')::int
  where c.payment_id = p.id order by v.created_at limit 1)`
