import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { clawedBackInTotal } from '../domain/clawback.ts'
import type { CommissionStatus } from '../domain/explainCommission.ts'
import { postTransfer } from '../ledger/postTransfer.ts'
import { transactionOf } from '../ledger/transactionOf.ts'
import { available, platform } from '../ledger/walletRefs.ts'

/**
 * Takes a payment's commission back as far as the payment is refunded by now. What was paid comes
 * out of the wallet, also below zero; what is still held shrinks, or is cancelled when nothing is
 * left. Locks payment (by the caller) then commission then wallet, as everything else does.
 */
export const clawBack = async ({
  paymentId,
  refundId,
  req,
}: {
  paymentId: string
  refundId: string
  req: PayloadRequest
}): Promise<void> => {
  const commission = await lockCommission(req, paymentId)
  if (!commission || commission.status === 'skipped') return

  const total = clawedBackInTotal({
    commissionMinor: commission.amountMinor,
    paymentMinor: commission.baseMinor,
    refundedMinor: commission.refundedMinor,
  })
  const delta = total - commission.reversedMinor
  if (delta <= 0) return

  const status = statusAfter(commission.status, total === commission.amountMinor)
  await saveReversal(req, commission.id, total, status)
  if (commission.status === 'held') return
  await postTransfer({
    req,
    key: `clawback:refund:${refundId}`,
    kind: 'clawback',
    from: available(commission.referrerId),
    to: platform('commission-expense'),
    amountMinor: delta,
    currency: commission.currency,
    links: { commission: commission.id, payment: paymentId, refund: refundId },
  })
}

const statusAfter = (status: CommissionStatus, isWhole: boolean): CommissionStatus => {
  if (status === 'held') return isWhole ? 'cancelled' : 'held'
  return isWhole ? 'reversed' : 'partly-reversed'
}

type Locked = {
  id: string
  status: CommissionStatus
  referrerId: string
  amountMinor: number
  baseMinor: number
  reversedMinor: number
  refundedMinor: number
  currency: string
}

const lockCommission = async (req: PayloadRequest, paymentId: string): Promise<Locked | null> => {
  const db = await transactionOf(req)
  const { rows } = await db.execute<Record<string, string>>(sql`
    select c.id, c.status, c.referrer_id, c.amount_minor, c.base_minor, c.reversed_minor,
      c.currency, p.refunded_minor
    from commissions c join payments p on p.id = c.payment_id
    where c.payment_id = ${paymentId} for no key update of c`)
  const [row] = rows
  if (!row) return null
  return {
    id: String(row.id),
    status: row.status as CommissionStatus,
    referrerId: String(row.referrer_id),
    amountMinor: Number(row.amount_minor),
    baseMinor: Number(row.base_minor),
    reversedMinor: Number(row.reversed_minor),
    refundedMinor: Number(row.refunded_minor),
    currency: String(row.currency),
  }
}

/** A cancelled commission was never paid, so it is not the payer's first any more. */
const saveReversal = async (
  req: PayloadRequest,
  id: string,
  reversedMinor: number,
  status: CommissionStatus,
): Promise<void> => {
  const db = await transactionOf(req)
  await db.execute(sql`
    update commissions set reversed_minor = ${reversedMinor}, status = ${status},
      is_first = is_first and ${status} <> 'cancelled', updated_at = now()
    where id = ${id}`)
}
