import { isCurrency } from '../../../domain/currency.ts'
import { toMinor } from '../../../domain/money.ts'

/**
 * Reads an amount that Tremendous writes as a JSON number, such as 12.5, as minor units. Null for
 * an amount that is negative, has more decimals than the currency, or cannot be counted exactly.
 *
 * JavaScript prints the shortest decimal that is read as the same number, so that the text is the
 * one in the JSON for up to 15 digits, and no arithmetic is done with the number.
 */
export const readAmount = (value: unknown, currency: string): number | null => {
  if (typeof value !== 'number' || !isCurrency(currency)) return null
  try {
    return toMinor(String(value), currency)
  } catch {
    return null
  }
}
