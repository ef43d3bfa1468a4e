import type { AnyFault } from '../../types.ts'

const MB = 1024 * 1024

/** The rows of pages that would fill a client's memory, as JSON. */
const FILLED: Partial<Record<AnyFault, () => string>> = {
  'huge-rows': () => emptyRows(60 * MB),
  'many-rows': () => emptyRows(8 * MB),
  'deep-rows': () => '['.repeat(MB) + ']'.repeat(MB),
  'huge-text': () => `{"text":"${'x'.repeat(60 * MB)}"}`,
  // Sent compressed: a hundred kilobytes that become a hundred megabytes.
  'gzip-bomb': () => `${' '.repeat(100 * MB)}{}`,
}

const emptyRows = (bytes: number): string => `${'{},'.repeat(bytes / 3)}{}`

/** Returns the rows of a fault that fills memory; null for every other fault. */
export const fillRows = (fault: AnyFault | null): string | null =>
  (fault && FILLED[fault]?.()) ?? null
