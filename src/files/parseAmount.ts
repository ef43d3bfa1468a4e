import { minorDigits } from '../domain/currency.ts'
import { DomainError } from '../domain/errors.ts'
import { toMinor } from '../domain/money.ts'
import { listCurrencies } from './readCurrency.ts'

export type DecimalSign = ',' | '.'
type Format = {
  currency: string
  decimalSign: DecimalSign
  /** Refuses digits beyond the currency's decimals, instead of rounding them. */
  isExact?: boolean
  /** Refuses what another convention may read differently, because the file has both. */
  isMixed?: boolean
}

/**
 * Parses an amount of a file into minor units: with a sign before or behind it or in parentheses,
 * with its currency beside it, and with digits grouped by spaces, apostrophes or the other sign.
 * Digits beyond the currency's decimals are rounded, half away from zero. What could be another
 * number in the other convention is refused.
 *
 * @example parseAmount('1 234,50 €', { currency: 'EUR', decimalSign: ',' }) // 123_450
 * @throws DomainError `money.malformed` no amount, or one of the other convention
 * @throws DomainError `money.too-precise` with `isExact`
 * @throws DomainError `money.other-currency` another currency stands beside the number
 */
export const parseAmount = (
  text: string,
  { currency, decimalSign, isExact = false, isMixed = false }: Format,
): number => {
  if (text.length > MAX_CHARACTERS) throw malformed(text.slice(0, MAX_CHARACTERS))
  const plain = text.replace(SPACES, ' ').replace(MINUS, '-').trim()
  const { isNegative, number } = splitSign(stripCurrency(plain, currency), text)
  if (isMixed && isEitherConvention(number)) throw ambiguous(text)
  const [whole = '', fraction = '', ...more] = number.split(decimalSign)
  const isWhole = more.length === 0 && isGrouped(whole, decimalSign === '.' ? ',' : '.')
  if (!isWhole || !isFraction(fraction, number, decimalSign)) throw malformed(text)
  const digits = minorDigits(currency)
  if (isLikeGroup({ whole, fraction, digits })) throw ambiguous(text)
  const kept = fraction.slice(0, digits)
  if (isExact && /[1-9]/.test(fraction.slice(digits))) throw tooPrecise(currency, digits)
  const decimal = (whole.replaceAll(/\D/g, '') || '0') + (kept === '' ? '' : `.${kept}`)
  const minor = toMinor(decimal, currency) + ((fraction[digits] ?? '0') >= '5' ? 1 : 0)
  return isNegative && minor !== 0 ? -minor : minor
}

/**
 * Tells whether an amount of a file fits one decimal sign only, and which: so the amounts of a file
 * show its convention. Null for one that fits both, none, or is in another currency.
 *
 * @example findConvention('12,50', 'EUR') // ','
 */
export const findConvention = (text: string, currency: string): DecimalSign | null => {
  // Most amounts, without the cost of an error for the sign that does not fit.
  const plain = PLAIN.exec(text)
  if (plain) return (plain[1] as DecimalSign | undefined) ?? null
  const fits = SIGNS.filter((decimalSign) => {
    try {
      parseAmount(text, { currency, decimalSign, isMixed: true })
      return true
    } catch {
      return false
    }
  })
  return fits.length === 1 ? (fits[0] ?? null) : null
}

/** Digits, or digits with one or two decimals: no group has so few. */
const PLAIN = /^\d{1,12}(?:([.,])\d{1,2})?$/
const SIGNS: readonly DecimalSign[] = ['.', ',']

/** `1.234` and `1,234`: a thousand, or a number with three decimals. */
const isEitherConvention = (number: string): boolean => /^[1-9]\d{0,2}[.,]\d{3}$/.test(number)

/** Longer than any amount with its currency: what is longer is not tried. */
const MAX_CHARACTERS = 60
const SPACES = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g
/** Signs that word processors and spreadsheets write for a minus. */
const MINUS = /[\u2010-\u2014\u2212\ufe63\uff0d]/g

const malformed = (text: string) =>
  new DomainError('money.malformed', `"${text}" is not an amount of money in this format.`)
const tooPrecise = (currency: string, digits: number) =>
  new DomainError('money.too-precise', `${currency} has ${digits} decimals.`)
const ambiguous = (text: string) =>
  new DomainError('money.malformed', `"${text}" may be thousands or decimals.`)

const NAME = "[^\\d\\s.,'’()+-]+\\.?"
const BESIDE = new RegExp(
  `^(?<sign>[-+(]?)\\s*(?<before>${NAME})?\\s*(?<number>.*?\\d)\\s*(?<after>${NAME})?\\s*(?<end>[-)]?)$`,
  'u',
)

/** Removes the currency beside a number. */
const stripCurrency = (text: string, currency: string): string => {
  const {
    after = '',
    before = '',
    end = '',
    number = '',
    sign = '',
  } = BESIDE.exec(text)?.groups ?? {}
  if (number === '') return text
  for (const name of [before, after]) if (name !== '') checkCurrency(name, currency, text)
  return `${sign}${number}${end}`
}

const checkCurrency = (name: string, currency: string, text: string): void => {
  const possible = listCurrencies(name)
  if (possible.length === 0) throw malformed(text)
  if (possible.includes(currency)) return
  throw new DomainError('money.other-currency', `"${text}" is not in ${currency}.`)
}

const SIGNED = /^(?:(?<lead>[-+])(?<a>[^()+-]+)|(?<b>[^()+-]+)-|\((?<c>[^()+-]+)\)|(?<d>[^()+-]+))$/

const splitSign = (text: string, given: string): { isNegative: boolean; number: string } => {
  const { a, b, c, d, lead } = SIGNED.exec(text)?.groups ?? {}
  const number = (a ?? b ?? c ?? d)?.trim()
  if (number === undefined) throw malformed(given)
  return {
    number,
    isNegative: (a !== undefined && lead !== '+') || b !== undefined || c !== undefined,
  }
}

/** A whole part: digits alone, or groups of three, or Indian groups, by one kind of mark. */
const isGrouped = (whole: string, other: string): boolean => {
  if (/^\d*$/.test(whole)) return true
  const mark = /[^\d]/.exec(whole)?.[0] ?? ''
  if (![other, ' ', "'", '’'].includes(mark)) return false
  const [first = '', ...groups] = whole.split(mark)
  const last = groups.at(-1) ?? ''
  const isIndian = mark === ',' && groups.slice(0, -1).every((group) => /^\d{2}$/.test(group))
  return (
    /^[1-9]\d{0,2}$/.test(first) &&
    /^\d{3}$/.test(last) &&
    (groups.every((group) => /^\d{3}$/.test(group)) || (isIndian && first.length <= 2))
  )
}

const isFraction = (fraction: string, number: string, sign: DecimalSign): boolean =>
  number.includes(sign) ? /^\d+$/.test(fraction) : number !== ''

/**
 * `1.234` in a currency of two decimals, read with a decimal point, is 1234 in a file of the other
 * convention.
 */
const isLikeGroup = ({
  digits,
  fraction,
  whole,
}: {
  digits: number
  fraction: string
  whole: string
}): boolean => fraction.length === 3 && digits < 3 && /^[1-9]\d{0,2}$/.test(whole)
