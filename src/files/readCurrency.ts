import { isCurrency } from '../domain/currency.ts'
import { DomainError } from '../domain/errors.ts'

/** The currencies that a sign can mean, in lower case, by the sign. */
const SIGNS = new Map<string, readonly string[]>([
  ['€', ['EUR']],
  ['£', ['GBP']],
  ['₹', ['INR']],
  ['rs', ['INR', 'PKR', 'LKR', 'NPR', 'MUR', 'SCR']],
  ['₨', ['INR', 'PKR', 'LKR', 'NPR', 'MUR', 'SCR']],
  [
    '$',
    ['USD', 'AUD', 'CAD', 'SGD', 'HKD', 'NZD', 'MXN', 'ARS', 'CLP', 'COP', 'TWD', 'BND', 'FJD'],
  ],
  ['us$', ['USD']],
  ['¥', ['JPY', 'CNY']],
  ['₩', ['KRW']],
  ['₽', ['RUB']],
  ['₺', ['TRY']],
  ['₫', ['VND']],
  ['฿', ['THB']],
  ['₱', ['PHP']],
  ['₦', ['NGN']],
  ['zł', ['PLN']],
  ['kr', ['SEK', 'NOK', 'DKK', 'ISK']],
])

/**
 * Lists the currencies that a code of ISO 4217 or a sign can mean; empty if it is neither.
 *
 * @example listCurrencies('Rs.')[0] // 'INR'
 */
export const listCurrencies = (text: string): readonly string[] => {
  const plain = text.trim().replace(/\.$/, '')
  const code = plain.toUpperCase()
  return isCurrency(code) ? [code] : (SIGNS.get(plain.toLowerCase()) ?? [])
}

/**
 * Reads the cell of a currency. A sign that several currencies share is the account's, if that is
 * one of them.
 *
 * @throws DomainError `money.unknown-currency` it is no currency, or may be several
 */
export const readCurrency = (text: string, ofAccount: string | undefined): string => {
  const possible = listCurrencies(text)
  const [first] = possible
  if (first !== undefined && possible.length === 1) return first
  if (ofAccount !== undefined && possible.includes(ofAccount)) return ofAccount
  throw new DomainError('money.unknown-currency', `"${text}" is not one currency.`)
}
