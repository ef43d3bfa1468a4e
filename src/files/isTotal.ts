const WORDS =
  'totals?|sums?|summen?|gesamt(?:summe|betrag)?|zwischensumme|endsumme|totaux|totale?s?|suma|итого|всего|कुल|योग'
const PREFIX = '(?:grand|sub|net|overall|page|report)?[\\s-]?'
/** The word, then a currency or a note in parentheses at most. */
const TOTAL = new RegExp(`^${PREFIX}(?:${WORDS})\\s*(?:\\([^)]*\\)|[A-Z]{3}|[€£₹$])?\\s*:?$`, 'iu')
/** The word and the figure in one cell. */
const TOTAL_LINE = new RegExp(`^${PREFIX}(?:${WORDS})\\s*[:=(].*\\d`, 'iu')

/**
 * Returns true if a line of a file is a total of other lines: its first filled cell, or one of
 * `ids`, is the word for it in a language of the networks that we know.
 *
 * @example isTotal({ cells: ['', 'Grand Total (INR):', '1,250.00'], ids: [] }) // true
 */
export const isTotal = ({
  cells,
  ids,
}: {
  cells: readonly (string | null)[]
  ids: readonly (string | null)[]
}): boolean => {
  const filled = cells.filter((cell) => cell !== null)
  const [first] = filled
  if (first === undefined) return false
  if (filled.length === 1 && TOTAL_LINE.test(first)) return true
  return [first, ...ids].some((cell) => cell !== null && TOTAL.test(cell))
}
