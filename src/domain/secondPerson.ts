export type ApprovalLimit = { currency: string; aboveMinor: number }

/**
 * Whether an adjustment waits for a second person: above the currency's limit, alone or together
 * with what the member got (or lost) that way in the last day, in a currency without one, for
 * oneself, and always when a stored balance is to be rebuilt.
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
    /** Posted to the same member in the same direction in the last day. */
    earlierMinor?: number
    /** Who asks is whom it is for. */
    isOwn?: boolean
  },
  limits: ApprovalLimit[],
): boolean => {
  const limit = limits.find((known) => known.currency === currency)
  return isOwn || effect === 'rebuild' || !limit || amountMinor + earlierMinor > limit.aboveMinor
}
