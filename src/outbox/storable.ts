/**
 * For `JSON.stringify`: others wrote these texts, or one was cut short; PostgreSQL keeps neither a
 * NUL nor half of a character, and would refuse all that is written with it.
 */
export const storable = (_name: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '') : value
