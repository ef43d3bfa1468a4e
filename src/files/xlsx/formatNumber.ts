/** How a workbook stores the numbers of its cells, beside their formats. */
export type NumberContext = {
  /** Days count from 1904 instead of 1900, as in workbooks of old Macs. */
  is1904: boolean
  /** The sign that the reader of the text expects. */
  decimalSign: ',' | '.'
}

/** A spreadsheet keeps 15 digits of a number. */
const MAX_EXACT = 1e15
const DAY_MS = 86_400_000
/** The first day after the last one that a spreadsheet knows, 31 December 9999. */
const END_OF_DAYS = 2_958_466

/**
 * Writes a number of a workbook as the text that a file would have: a date and time without a zone
 * for a date format; zeros in front for a format such as `00000`; the currency of the format in
 * front of an amount, so that another currency is noticed. A number of 16 digits or more is written
 * with an exponent, because a spreadsheet has rounded it.
 *
 * @example formatNumber(46_357.5, 'dd/mm/yyyy hh:mm', context) // '2026-12-01 12:00:00'
 */
export const formatNumber = (value: number, format: string, context: NumberContext): string => {
  if (isDateFormat(format)) {
    const date = toDate(value, context.is1904)
    if (date !== null) return date
  }
  if (Math.abs(value) >= MAX_EXACT) return toExponent(value)
  const text = toDecimal(value)
  if (/^0{2,}$/.test(format) && /^\d+$/.test(text)) return text.padStart(format.length, '0')
  const currency = currencyOf(format)
  return (currency === null ? '' : `${currency} `) + text.replace('.', context.decimalSign)
}

/** What a number looks like in which an id was lost: readers of ids refuse it. */
export const toExponent = (value: number): string => value.toExponential(14).toUpperCase()

/** Without the noise of binary fractions. Three decimals get a zero, to be no group of thousands. */
const toDecimal = (value: number): string => {
  const plain = String(Number(value.toPrecision(15)))
  const text = plain.includes('e') ? value.toFixed(12).replace(/\.?0+$/, '') : plain
  if (/^-0*$/.test(text)) return '0'
  return /\.\d{3}$/.test(text) ? `${text}0` : text
}

/** The part of a format for positive numbers, without texts, colours and padding. */
const toSigns = (format: string): string =>
  (format.split(';')[0] ?? '').replaceAll(/"[^"]*"|\\.|[_*].|\[[^\]]*\]/g, '')

/** Whether a format shows a date or a time. */
const isDateFormat = (format: string): boolean =>
  !/^(general|standard)$/i.test(format) && /[ymdhs]/i.test(toSigns(format))

const currencyOf = (format: string): string | null => {
  // A bracket without a sign names the language alone.
  const positive = (format.split(';')[0] ?? '').replaceAll(/\[\$-[^\]]*\]/g, '')
  return /\[\$([^\]-]+)/.exec(positive)?.[1]?.trim() ?? /\p{Sc}/u.exec(positive)?.[0] ?? null
}

/** Null for a number that is no day, such as a time of day. */
const toDate = (serial: number, is1904: boolean): string | null => {
  if (serial < 1 || serial >= END_OF_DAYS) return null
  // The system of 1900 counts a 29 February 1900, which did not exist.
  const first = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30)
  const date = new Date(first + Math.round(serial * 86_400) * 1000)
  const [day = '', clock = ''] = date.toISOString().slice(0, 19).split('T')
  return date.getTime() % DAY_MS === 0 ? day : `${day} ${clock}`
}
