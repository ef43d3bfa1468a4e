import { storable } from '../outbox/storable.ts'

/** Whether JSON holds letters that PostgreSQL cannot. Hardly any page has one. */
export const hasOddLetters = (json: string): boolean => /\\u0000|\\ud[89a-f]/i.test(json)

/**
 * What a network said as JSON that PostgreSQL can hold: letters that it cannot are taken out, so
 * that one odd name does not keep a whole page from being read.
 */
export const jsonOf = (value: unknown): string => {
  const text = JSON.stringify(value)
  return hasOddLetters(text) ? JSON.stringify(value, storable) : text
}
