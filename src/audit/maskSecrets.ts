/** What stands in the log in place of a secret. */
const MASK = '•••'

const SECRET =
  /^(hash|salt|apiKey|apiKeyIndex|sessions|credentials|code)$|(password|token|secret)$/i

/**
 * Covers every secret by its name, however deep it lies. That there is one, and that it changed,
 * still shows: nothing stays nothing.
 */
export const maskSecrets = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(maskSecrets)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      SECRET.test(name) && !isNothing(inner) ? MASK : maskSecrets(inner),
    ]),
  )
}

const isNothing = (value: unknown): boolean => value === null || value === undefined || value === ''
