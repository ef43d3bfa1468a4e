import { addDays } from '../dates.ts'
import { DomainError } from '../errors.ts'

/**
 * A merchant's claim period: the hours until it has reported an order, and the days for which it
 * still investigates one.
 */
export type ClaimTimes = { claimAfterHours: number; claimWithinDays: number }

/**
 * The days before an order in which a click may have led to it: a common cookie lifetime of
 * merchants.
 */
const CLICK_DAYS_BEFORE = 30
/** Members give the day of an order and no time. */
const CLICK_DAYS_AFTER = 1

/**
 * Refuses a claim that comes too early, while the merchant may still report the order, or too late,
 * when the merchant no longer investigates it.
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
    const message = `Orders are often reported late. Claim it ${claimAfterHours} hours after you ordered.`
    throw new DomainError('claim.too-early', message, { field })
  }
  if (now > addDays(orderedAt, claimWithinDays)) {
    const message = `An order can be claimed for ${claimWithinDays} days.`
    throw new DomainError('claim.too-late', message, { field })
  }
}

/** Returns the period in which a click can have led to an order of that time. */
export const clickWindow = (orderedAt: Date): { from: Date; to: Date } => ({
  from: addDays(orderedAt, -CLICK_DAYS_BEFORE),
  to: addDays(orderedAt, CLICK_DAYS_AFTER),
})
