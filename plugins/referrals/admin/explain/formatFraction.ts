import { minorDigits } from '../../../../src/domain/currency.ts'
import { toDecimal } from '../../../../src/domain/money.ts'

const MORE_DIGITS = 2

/**
 * Formats an amount before rounding, with two more digits than the currency has, and an ellipsis when
 * more digits follow. An exact amount has the digits of the currency. Computed with integers.
 *
 * `formatFraction({ amountMinor: 100_000, times: 249_900, by: 1_249_900, currency: 'INR' })` is
 * `199.9359…`
 */
export const formatFraction = ({
  amountMinor,
  by,
  currency,
  times,
}: {
  amountMinor: number
  times: number
  by: number
  currency: string
}): string => {
  const product = BigInt(amountMinor) * BigInt(times)
  if (product % BigInt(by) === 0n) return toDecimal(Number(product / BigInt(by)), currency)
  const finer = product * 10n ** BigInt(MORE_DIGITS)
  const digits = minorDigits(currency) + MORE_DIGITS
  const text = String(finer / BigInt(by)).padStart(digits + 1, '0')
  return `${text.slice(0, -digits)}.${text.slice(-digits)}${finer % BigInt(by) === 0n ? '' : '…'}`
}
