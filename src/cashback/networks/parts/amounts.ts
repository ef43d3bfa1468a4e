import { minorDigits, isCurrency } from '../../../domain/currency.ts'
import { DomainError } from '../../../domain/errors.ts'
import { toMinor } from '../../../domain/money.ts'

/**
 * Parses a network's amount into minor units; negative for a reversal. A number is read by its
 * decimal digits. Digits beyond the currency's decimals are rounded, half away from zero.
 *
 * @throws DomainError `money.malformed`, `money.not-minor`, `money.unknown-currency`
 */
export const parseMinor = (amount: number | string, currency: string): number => {
  const text = typeof amount === 'number' ? toDigits(amount) : amount.trim()
  const isNegative = /^[-−]/.test(text)
  const { kept, rest } = splitDecimals(isNegative ? text.slice(1) : text, minorDigits(currency))
  const minor = toMinor(kept, currency) + (rest >= '5' ? 1 : 0)
  return isNegative && minor !== 0 ? -minor : minor
}

/**
 * Parses a currency code of ISO 4217, in any case.
 *
 * @throws DomainError `money.unknown-currency`
 */
export const parseCurrency = (text: string): string => {
  const code = text.trim().toUpperCase()
  if (isCurrency(code)) return code
  throw new DomainError('money.unknown-currency', `"${text}" is not a currency.`)
}

/** The shortest decimal form, without an exponent for small numbers. */
const toDigits = (amount: number): string => {
  const text = String(amount)
  return text.includes('e-') ? amount.toFixed(20) : text
}

const splitDecimals = (text: string, digits: number): { kept: string; rest: string } => {
  const [, whole = text, fraction = ''] = /^([^.]*)\.(\d+)$/.exec(text) ?? []
  const kept = fraction.slice(0, digits)
  return { kept: kept ? `${whole}.${kept}` : whole, rest: fraction.slice(digits) }
}
