import { toDecimal } from '../../../domain/money.ts'
import type { MethodKind } from '../types.ts'

type Ask = { kind: MethodKind; currency: string; amountMinor: number }

/**
 * Returns why PayPal cannot pay this, or null: another kind of account, a currency that Payouts
 * does not list, an amount above the limit of one payout, or a fraction that PayPal does not accept.
 */
export const refuseOrder = ({ amountMinor, currency, kind }: Ask) => {
  if (kind !== 'paypal')
    return { code: 'method-not-supported', message: 'PayPal pays to PayPal accounts only.' }
  if (!CURRENCIES.has(currency)) {
    return { code: 'currency-not-supported', message: `PayPal does not pay out in ${currency}.` }
  }
  const max = MAX_MINOR[currency]
  if (max !== undefined && amountMinor > max) {
    const limit = `${toDecimal(max, currency)} ${currency}`
    return { code: 'amount-too-high', message: `PayPal pays at most ${limit} at once.` }
  }
  if (WHOLE_CURRENCIES.has(currency) && amountMinor % 100 !== 0) {
    const message = `PayPal pays whole amounts only in ${currency}.`
    return { code: 'amount-not-whole', message }
  }
  return null
}

/**
 * Formats an amount for PayPal: a decimal string with the digits of the currency, and none for the
 * currencies of which PayPal accepts whole amounts only.
 */
export const formatPaypalAmount = (amountMinor: number, currency: string): string => {
  const decimal = toDecimal(amountMinor, currency)
  return WHOLE_CURRENCIES.has(currency) ? decimal.replace(/\.00$/, '') : decimal
}

/**
 * The currencies of Payouts. INR is not among them. BRL and MYR are paid within their country
 * alone, which PayPal checks. RUB is listed, but left out because PayPal has stopped its service in
 * Russia. Source: "Payouts country and currency codes",
 * https://developer.paypal.com/limited-release/payouts/reference/country-and-currency-codes
 */
const CURRENCIES: ReadonlySet<string> = new Set(
  'AUD BRL CAD CHF CZK DKK EUR GBP HKD HUF IDR ILS JPY MXN MYR NOK NZD PHP PLN SEK SGD TWD USD'.split(
    ' ',
  ),
)

/**
 * Two decimals in ISO 4217, but PayPal refuses a fraction. JPY has none anyway. Source:
 * https://developer.paypal.com/docs/reports/reference/paypal-supported-currencies/
 */
const WHOLE_CURRENCIES: ReadonlySet<string> = new Set(['HUF', 'TWD'])

/**
 * The limit of one payout in minor units. PayPal applies the equivalent of USD 20,000 in other
 * currencies, at a rate that only it knows. Source:
 * https://developer.paypal.com/docs/payouts/standard/reference/fees/
 */
const MAX_MINOR: Readonly<Record<string, number>> = { USD: 2_000_000 }
