const digits = new Map<string, number>()

/** The decimal places of a currency; two for an unknown one. */
const digitsOf = (currency: string): number => {
  const known = digits.get(currency)
  if (known !== undefined) return known
  const places = /^[A-Z]{3}$/.test(currency)
    ? (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
        .maximumFractionDigits ?? 2)
    : 2
  digits.set(currency, places)
  return places
}

/** Converts 12495 paise to the number 124.95. */
export const toMajor = (minor: number, currency: string): number => minor / 10 ** digitsOf(currency)

/** Formats 12495 paise as `124.95`. */
export const formatMajor = (minor: number, currency: string): string =>
  toMajor(minor, currency).toFixed(digitsOf(currency))
