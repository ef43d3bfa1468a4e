export type ApprovalLimit = { currency: string; aboveMinor: number }

/**
 * Whether an adjustment waits for a second person: above the currency's limit, in a currency
 * without one, and always when a stored balance is to be rebuilt.
 *
 * @example needsSecondPerson({ effect: 'credit', amountMinor: 1, currency: 'USD' }, []) // true
 */
export const needsSecondPerson = (
  {
    amountMinor,
    currency,
    effect,
  }: { effect: 'credit' | 'debit' | 'rebuild'; amountMinor: number; currency: string },
  limits: ApprovalLimit[],
): boolean => {
  const limit = limits.find((known) => known.currency === currency)
  return effect === 'rebuild' || !limit || amountMinor > limit.aboveMinor
}
