import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { computeClawbackTotal } from '../domain/referrals/computeClawbackTotal.ts'
import type { CommissionStatus } from '../domain/referrals/explainCommission.ts'
import { postTransfer } from '../ledger/postTransfer.ts'
import { dbIn } from '../database/dbIn.ts'
import { queueNotifications } from '../messaging/outbox/queueNotifications.ts'
import { commissionReversed } from '../messaging/templates/commissionReversed.ts'
import { recordReversal } from './commissionStore.ts'
import { available, platform } from '../ledger/transfer.ts'

/**
 * Reverses a payment's commission in proportion to what is refunded of the payment by now. A paid
 * commission is debited from the wallet, even below zero. A held one shrinks, or is cancelled when
 * nothing is left. Locks are taken in the order of all flows: payment (by the caller), commission,
 * wallet.
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
  if (!commission) return

  const total = computeClawbackTotal({
    commissionMinor: Number(commission.amount_minor),
    paymentMinor: Number(commission.base_minor),
    refundedMinor: Number(commission.refunded_minor),
  })
  const delta = total - Number(commission.reversed_minor)
  if (delta <= 0) return

  const status = statusAfter(commission.status, total === Number(commission.amount_minor))
  await recordReversal(req, { id: commission.id, reversedMinor: total, status })
  if (commission.status === 'held') return
  const { id, isNew } = await postTransfer({
    req,
    key: `clawback:refund:${refundId}`,
    kind: 'clawback',
    from: available(commission.referrer_id),
    to: platform('commission-expense'),
    amountMinor: delta,
    currency: commission.currency,
    links: { commission: commission.id, payment: paymentId, refund: refundId },
  })
  if (isNew) await notifyReversed(req, id)
}

const statusAfter = (status: CommissionStatus, isWhole: boolean): CommissionStatus => {
  if (status === 'held') return isWhole ? 'cancelled' : 'held'
  return isWhole ? 'reversed' : 'partly-reversed'
}

type Row = {
  id: string
  status: Exclude<CommissionStatus, 'skipped'>
  referrer_id: string
  amount_minor: string
  base_minor: string
  reversed_minor: string
  currency: string
  refunded_minor: string
}

/** Locks the payment's commission; undefined when it has none, or was skipped. */
const lockCommission = async (req: PayloadRequest, paymentId: string): Promise<Row | undefined> => {
  const db = await dbIn(req)
  const { rows } = await db.execute<Row>(sql`
    select
      c.id,
      c.status,
      c.referrer_id,
      c.amount_minor,
      c.base_minor,
      c.reversed_minor,
      c.currency,
      p.refunded_minor
    from commissions c join payments p on p.id = c.payment_id
    where c.payment_id = ${paymentId} and c.status <> 'skipped'
    for no key update of c`)
  return rows[0]
}

/** Notifies the referrer of what a transfer took back, in its transaction. */
const notifyReversed = async (req: PayloadRequest, transferId: string): Promise<void> => {
  const db = await dbIn(req)
  const { rows } = await db.execute<Reversed>(sql`
    select t.refund_id, t.amount_minor, t.from_balance_after, t.currency, c.referrer_id, u.name
    from wallet_transactions t
    join commissions c on c.id = t.commission_id
    join users u on u.id = c.referrer_id
    where t.id = ${transferId}`)
  const notices = rows.map((row) => ({
    key: `commission-reversed:${row.refund_id}`,
    template: commissionReversed,
    user: row.referrer_id,
    data: {
      name: row.name,
      takenBackMinor: Number(row.amount_minor),
      balanceMinor: Number(row.from_balance_after),
      currency: row.currency,
    },
  }))
  await queueNotifications(req, notices, new Date())
}

type Reversed = {
  refund_id: string
  amount_minor: string
  from_balance_after: string
  currency: string
  referrer_id: string
  name: string | null
}
