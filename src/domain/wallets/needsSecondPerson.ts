export type ApprovalLimit = { currency: string; aboveMinor: number }

/**
 * Returns true if an adjustment needs a second person. It does if it exceeds the currency's limit,
 * alone or together with the member's other adjustments in the same direction in the last day; if
 * the currency has no limit; if the requester is the member; and for every rebuild of a stored
 * balance.
 *
 * @example needsSecondPerson({ effect: 'credit', amountMinor: 1, currency: 'USD' }, []) // true
 */
export const needsSecondPerson = (
  {
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
    /** True if the requester is the member. */
    isOwn?: boolean
  },
  limits: ApprovalLimit[],
): boolean => {
  const limit = limits.find((known) => known.currency === currency)
  return isOwn || effect === 'rebuild' || !limit || amountMinor + earlierMinor > limit.aboveMinor
}
