import type { CollectionBeforeChangeHook } from 'payload'

import { now } from '../../src/platform/clock.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { canMovePayment } from '../../src/domain/referrals/paymentStates.ts'
import type { Payment } from '../../src/payload-types.ts'

/**
 * Enforces a payment's invariants: its status never goes backwards, a completed payment keeps its
 * reference, payer, amount and currency, and completion is dated once. `lockDocument` has locked
 * the row, so `originalDoc` is current.
 *
 * @throws DomainError `payment.status-backwards`, `payment.immutable` (details name the field)
 */
export const guardPayment: CollectionBeforeChangeHook<Payment> = ({
  data,
  operation,
  originalDoc,
}) => {
  const before = operation === 'update' ? originalDoc : undefined
  const from = before?.status ?? null
  const to = data.status ?? from ?? 'pending'
  if (!canMovePayment(from, to)) {
    throw new DomainError('payment.status-backwards', `A ${from} payment cannot become ${to}.`, {
      field: 'status',
    })
  }
  if (before?.status === 'completed') forbidChanges(before, data)
  if (to === 'completed' && from !== 'completed') data.completedAt = now().toISOString()
  return data
}

const forbidChanges = (before: Payment, data: Partial<Payment>) => {
  const changed =
    (data.amountMinor !== undefined && data.amountMinor !== before.amountMinor && 'amountMinor') ||
    (data.currency !== undefined && data.currency !== before.currency && 'currency') ||
    // Null is refused afterwards, because the field is required.
    (data.user != null && idOf(data.user) !== idOf(before.user) && 'user') ||
    (data.reference !== undefined && data.reference !== before.reference && 'reference')
  if (!changed) return
  throw new DomainError(
    'payment.immutable',
    'A completed payment keeps reference, payer, amount and currency.',
    {
      field: changed,
    },
  )
}

const idOf = (user: Payment['user']): string => (typeof user === 'object' ? user.id : user)
