import { isCurrency } from '../../../../src/domain/currency.ts'

export const PERIODS = [30, 90, 365] as const
export type Period = (typeof PERIODS)[number]

/**
 * The period and currency that a URL asks for. What it does not say, or says wrongly, is 30 days
 * in the first currency.
 */
export const choiceOf = (
  query: Record<string, unknown>,
  currencies: string[],
): { period: Period; currency: string } => ({
  period: PERIODS.find((days) => String(days) === query.period) ?? 30,
  currency:
    (isCurrency(query.currency) && currencies.includes(query.currency)
      ? query.currency
      : currencies[0]) ?? 'INR',
})
