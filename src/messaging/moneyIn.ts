import { formatMoney } from '../domain/money.ts'
import { regionOf } from './regionOf.ts'

/** Amounts of one currency as an e-mail in that language writes them. */
export const moneyIn =
  (currency: string, locale: string) =>
  (amountMinor: number): string =>
    formatMoney(amountMinor, currency, regionOf(locale))
