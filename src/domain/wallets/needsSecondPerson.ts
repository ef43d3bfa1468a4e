/** `actorAboveMinor`: the limit of what one person moves alone in a day; `aboveMinor` when null. */
export type ApprovalLimit = {
  currency: string
  aboveMinor: number
  actorAboveMinor?: number | null
}

/**
 * Returns true if an adjustment needs a second person. It does if it exceeds the currency's limit,
 * alone or together with the member's other adjustments in the same direction in the last day; if
 * the requester would move more alone in a day than the limit for one person; if the currency has
 * no limit; if the requester is the member; and for every rebuild of a stored balance.
 *
 * @example needsSecondPerson({ effect: 'credit', amountMinor: 1, currency: 'USD' }, []) // true
 */
export const needsSecondPerson = (
  {
    actorEarlierMinor = 0,
    amountMinor,
    currency,
    earlierMinor = 0,
    effect,
    isOwn = false,
  }: {
    effect: 'credit' | 'debit' | 'rebuild'
    amountMinor: number
    currency: string
    /** Minor units posted to the same member in the same direction in the last day. */
    earlierMinor?: number
    /** Minor units that the requester moved alone, in the same direction in the last day. */
    actorEarlierMinor?: number
    /** True if the requester is the member. */
    isOwn?: boolean
  },
  limits: ApprovalLimit[],
): boolean => {
  const limit = limits.find((known) => known.currency === currency)
  if (isOwn || effect === 'rebuild' || !limit) return true
  return (
    amountMinor + earlierMinor > limit.aboveMinor ||
    amountMinor + actorEarlierMinor > (limit.actorAboveMinor ?? limit.aboveMinor)
  )
}
