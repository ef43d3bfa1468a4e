import { digitsOf, isCurrency } from '../../domain/currency.ts'
import { DomainError } from '../../domain/errors.ts'
import { toMinor } from '../../domain/money.ts'

/**
 * Reads a network's amount as minor units, negative in a return. Numbers are read by their decimal
 * digits. What a network has calculated beyond the currency's decimals is rounded half away from
 * zero.
 *
 * @throws DomainError `money.malformed`, `money.not-minor`, `money.unknown-currency`
 */
export const minorOf = (amount: number | string, currency: string): number => {
  const text = typeof amount === 'number' ? digitsIn(amount) : amount.trim()
  const isNegative = /^[-−]/.test(text)
  const { kept, rest } = split(isNegative ? text.slice(1) : text, digitsOf(currency))
  const minor = toMinor(kept, currency) + (rest >= '5' ? 1 : 0)
  return isNegative && minor !== 0 ? -minor : minor
}

/** The code in capitals; refused where ISO 4217 has none such. */
export const currencyOf = (text: string): string => {
  const code = text.trim().toUpperCase()
  if (isCurrency(code)) return code
  throw new DomainError('money.unknown-currency', `"${text}" is not a currency.`)
}

/** Its shortest decimal form; one so small or large that it has an exponent has no cents either. */
const digitsIn = (amount: number): string => {
  const text = String(amount)
  return text.includes('e-') ? amount.toFixed(20) : text
}

const split = (text: string, digits: number): { kept: string; rest: string } => {
  const [, whole = text, fraction = ''] = /^([^.]*)\.(\d+)$/.exec(text) ?? []
  const kept = fraction.slice(0, digits)
  return { kept: kept ? `${whole}.${kept}` : whole, rest: fraction.slice(digits) }
}
