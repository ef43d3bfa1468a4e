/**
 * Formats basis points as a percentage.
 *
 * @example formatBps(950) // '9.50 %'
 */
export const formatBps = (rateBps: number): string => `${bpsToDecimal(rateBps)} %`

/**
 * Formats basis points as a plain decimal percentage.
 *
 * @example bpsToDecimal(1_000) // '10.00'
 */
export const bpsToDecimal = (rateBps: number): string =>
  `${Math.trunc(rateBps / 100)}.${String(rateBps % 100).padStart(2, '0')}`

/**
 * Converts a percentage with at most two decimals to basis points. Returns null for any other text.
 *
 * @example toBps('9.5') // 950
 * @example toBps('9.555') // null
 */
export const toBps = (percent: string): number | null => {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(percent.trim().replace(/\s*%$/, ''))
  if (!match) return null
  const bps = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
  return bps <= 10_000 ? bps : null
}
