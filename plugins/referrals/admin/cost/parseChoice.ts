import { isCurrency } from '../../../../src/domain/currency.ts'

export const PERIODS = [30, 90, 365] as const
export type Period = (typeof PERIODS)[number]

/**
 * Parses the period and the currency of a query. A missing or invalid value becomes 30 days and the
 * first currency.
 */
export const parseChoice = (
  query: Record<string, unknown>,
  currencies: string[],
): { period: Period; currency: string } => ({
  period: PERIODS.find((days) => String(days) === query.period) ?? 30,
  currency:
    (isCurrency(query.currency) && currencies.includes(query.currency)
      ? query.currency
      : currencies[0]) ?? 'INR',
})
