import type { CollectionBeforeChangeHook } from 'payload'

import { DomainError } from '../../src/domain/errors.ts'
import type { Adjustment } from '../../src/payload-types.ts'

/**
 * Sets a new adjustment to pending with the person who requested it, and requires an amount exactly
 * when it moves money.
 *
 * @throws DomainError `adjustment.amount` a credit or debit without an amount
 */
export const guardAdjustment: CollectionBeforeChangeHook<Adjustment> = ({
  data,
  operation,
  req,
}) => {
  if (operation !== 'create') return data
  const amountMinor = data.effect === 'rebuild' ? 0 : (data.amountMinor ?? 0)
  if (data.effect !== 'rebuild' && amountMinor <= 0) {
    throw new DomainError('adjustment.amount', 'Enter an amount above zero.', {
      field: 'amountMinor',
    })
  }
  const requestedBy = req.user?.collection === 'users' ? req.user.id : data.requestedBy
  return { ...data, amountMinor, status: 'pending', requestedBy }
}
