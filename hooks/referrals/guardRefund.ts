import { sql } from '@payloadcms/db-postgres'
import type { CollectionBeforeChangeHook } from 'payload'

import { DomainError } from '../../src/domain/errors.ts'
import { formatMoney } from '../../src/domain/money.ts'
import { dbIn } from '../../src/database/dbIn.ts'
import type { Refund } from '../../src/payload-types.ts'

/**
 * Requires that a refund belongs to a completed payment and does not exceed what is left of it.
 * Locks the payment first, so that two refunds at once cannot exceed it together, and adds the
 * refund to the payment's `refunded_minor`.
 *
 * @throws DomainError `refund.unknown-payment`, `refund.payment-not-completed`,
 *   `refund.exceeds-payment`
 */
export const guardRefund: CollectionBeforeChangeHook<Refund> = async ({ data, operation, req }) => {
  if (operation !== 'create') return data
  const id = toId(data.payment)
  const amountMinor = data.amountMinor ?? 0
  const db = await dbIn(req)
  const { rows } = await db.execute<{ status: string; currency: string; left: string }>(sql`
    select status::text, currency, amount_minor - refunded_minor as left
    from payments where id::text = ${id ?? ''} for no key update`)
  const [payment] = rows
  if (!payment) {
    throw new DomainError('refund.unknown-payment', 'There is no such payment.', {
      field: 'payment',
    })
  }
  if (payment.status !== 'completed') {
    throw new DomainError('refund.payment-not-completed', 'Only a completed payment is refunded.', {
      field: 'payment',
    })
  }
  if (amountMinor > Number(payment.left)) {
    const left = formatMoney(Number(payment.left), payment.currency)
    throw new DomainError('refund.exceeds-payment', `Only ${left} of the payment is left.`, {
      field: 'amountMinor',
    })
  }
  await db.execute(sql`
    update payments set refunded_minor = refunded_minor + ${amountMinor} where id = ${id}`)
  return { ...data, currency: payment.currency }
}

/** Payload passes a reference as it was sent: an id, a row, or nothing. */
const toId = (payment: unknown): string | undefined =>
  typeof payment === 'object' ? (payment as { id?: string } | null)?.id : (payment as string)
