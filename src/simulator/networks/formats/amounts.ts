const digits = new Map<string, number>()

/** Decimal places of a currency; two for one that nobody knows. */
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

/** 12495 paise as the number 124.95. */
export const majorOf = (minor: number, currency: string): number => minor / 10 ** digitsOf(currency)

/** 12495 paise as the text `124.95`. */
export const majorText = (minor: number, currency: string): string =>
  majorOf(minor, currency).toFixed(digitsOf(currency))
