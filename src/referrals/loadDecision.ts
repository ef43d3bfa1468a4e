import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import type { Check, Program, SkipReason } from '../domain/referrals/commission.ts'
import type { CommissionStatus, DecidedCommission } from '../domain/referrals/explainCommission.ts'
import { readDb } from '../database/readDb.ts'

export type Decision = {
  paymentStatus: string
  commission: DecidedCommission | null
  payerName: string
  referrerId: string | null
  referrerName: string | null
}

/**
 * Loads the stored decision on a payment, with the names of both members; null if it is unknown.
 */
export const loadDecision = async (
  req: PayloadRequest,
  paymentId: string,
): Promise<Decision | null> => {
  const db = await readDb(req)
  const { rows } = await db.execute<Row>(sql`
    select
      p.status as payment_status,
      payer.name as payer_name,
      referrer.name as referrer_name,
      c.referrer_id,
      c.status,
      c.reason,
      c.rule,
      c.checks,
      c.rate_bps,
      c.base_minor,
      c.amount_minor,
      c.reversed_minor,
      c.currency,
      c.hold_until
    from payments p
    join users payer on payer.id = p.user_id
    left join commissions c on c.payment_id = p.id
    left join users referrer on referrer.id = c.referrer_id
    where p.id = ${paymentId}`)
  const [row] = rows
  if (!row) return null
  return {
    paymentStatus: row.payment_status,
    commission: row.status === null ? null : toCommission(row),
    payerName: row.payer_name ?? 'The payer',
    referrerId: row.referrer_id,
    referrerName: row.referrer_name,
  }
}

// The driver returns bigint and numeric as text.
const toCommission = (row: CommissionColumns): DecidedCommission => ({
  status: row.status,
  reason: row.reason,
  rule: row.rule,
  rateBps: Number(row.rate_bps),
  baseMinor: Number(row.base_minor),
  amountMinor: Number(row.amount_minor),
  reversedMinor: Number(row.reversed_minor),
  currency: row.currency,
  holdUntil: row.hold_until ? new Date(row.hold_until) : null,
  checks: row.checks,
})

/** All columns of the commission are null when the payment has no decision. */
type Row = {
  payment_status: string
  payer_name: string | null
  referrer_name: string | null
  referrer_id: string | null
} & (CommissionColumns | Record<keyof CommissionColumns, null>)

type CommissionColumns = {
  status: CommissionStatus
  reason: SkipReason | null
  rule: Program
  checks: Check[]
  rate_bps: string
  base_minor: string
  amount_minor: string
  reversed_minor: string
  currency: string
  hold_until: string | null
}
