const TOKENS = /\{(batch|DD|MM|YYYY)\}/g

/**
 * Fills the name of a bank file from its template and a day in ISO form; null if the result has
 * other characters than letters, digits, dots, dashes and underscores, or begins with a dot.
 *
 * @example fillFileName('CLIENT{DD}{MM}.001', { batchKey: 'B1', day: '2026-11-30' }) // 'CLIENT3011.001'
 */
export const fillFileName = (
  template: string,
  { batchKey, day }: { batchKey: string; day: string },
): string | null => {
  const [YYYY = '', MM = '', DD = ''] = day.split('-')
  const values: Record<string, string> = { batch: batchKey, DD, MM, YYYY }
  const name = template.replaceAll(TOKENS, (_, token: string) => values[token] ?? '')
  return /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,149}$/.test(name) ? name : null
}
