/** True when JSON holds characters that PostgreSQL cannot store. Very few pages do. */
export const hasUnstorableText = (json: string): boolean => /\\u0000|\\ud[89a-f]/i.test(json)

/**
 * Writes a network's data as JSON that PostgreSQL can store. Characters that it cannot store are
 * removed, so that one name does not prevent the ingestion of a whole page.
 */
export const toJson = (value: unknown): string => {
  const text = JSON.stringify(value)
  return hasUnstorableText(text) ? JSON.stringify(value, toStorableText) : text
}

/**
 * A replacer for `JSON.stringify` that removes what PostgreSQL cannot store: NUL, and lone
 * surrogates, which foreign or truncated texts contain. It would refuse the whole statement.
 */
export const toStorableText = (_name: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '') : value
