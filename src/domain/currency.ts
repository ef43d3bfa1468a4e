/**
 * Fraction digits that differ from two. Source: ISO 4217, list one (`CcyMnrUnts`). ICU's digits are
 * not used: they follow cash use and differ for some of these.
 */
const DIGITS: Record<string, number> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
      .split(' ')
      .map((code) => [code, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3])),
  CLF: 4,
  UYW: 4,
}

const CODES: ReadonlySet<string> = new Set([
  ...Intl.supportedValuesOf('currency'),
  ...Object.keys(DIGITS),
])

/**
 * Returns true for an ISO 4217 code in upper case, such as `INR`. Lower case is refused, not
 * corrected.
 */
export const isCurrency = (value: unknown): value is string =>
  typeof value === 'string' && CODES.has(value)

/** Returns the number of decimals of a currency's amounts: 2 for INR, 0 for JPY, 3 for KWD. */
export const minorDigits = (currency: string): number => DIGITS[currency] ?? 2
