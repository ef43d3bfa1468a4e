import { addDays } from '../dates.ts'
import { DomainError } from '../errors.ts'

/** A merchant's times: how long to wait for its report, and how long it looks into an order. */
export type ClaimTimes = { claimAfterHours: number; claimWithinDays: number }

/** How long before an order a click may have led to it: a common cookie lifetime of merchants. */
const CLICK_DAYS_BEFORE = 30
/** People give the day of an order and no time. */
const CLICK_DAYS_AFTER = 1

/**
 * Refuses a claim while the merchant may still report the order, and when the merchant no longer
 * looks into it.
 *
 * @throws DomainError `claim.too-early`, `claim.too-late`
 */
export const requireClaimable = (
  orderedAt: Date,
  { claimAfterHours, claimWithinDays }: ClaimTimes,
  now: Date,
): void => {
  const field = 'orderedAt'
  if (now < addDays(orderedAt, claimAfterHours / 24)) {
    const words = `Orders are often reported late. Claim it ${claimAfterHours} hours after you ordered.`
    throw new DomainError('claim.too-early', words, { field })
  }
  if (now > addDays(orderedAt, claimWithinDays)) {
    const words = `An order can be claimed for ${claimWithinDays} days.`
    throw new DomainError('claim.too-late', words, { field })
  }
}

/** The time in which a click can have led to an order of that time. */
export const clickWindow = (orderedAt: Date): { from: Date; to: Date } => ({
  from: addDays(orderedAt, -CLICK_DAYS_BEFORE),
  to: addDays(orderedAt, CLICK_DAYS_AFTER),
})
