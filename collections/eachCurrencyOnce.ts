/** Of two rows of one currency nobody could say which one counts. */
export const eachCurrencyOnce = (rows: unknown): string | true => {
  const codes = Array.isArray(rows) ? rows.map((row: { currency?: string }) => row.currency) : []
  return new Set(codes).size === codes.length || 'Each currency can have one row only.'
}
