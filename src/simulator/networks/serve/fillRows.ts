import type { AnyFault } from '../../types.ts'

const MB = 1024 * 1024

type Fill = { megabytes: number; build: (bytes: number) => string }

const emptyRows = (bytes: number): string => `${'{},'.repeat(bytes / 3)}{}`

/** The rows of pages that would fill a client's memory, as JSON. */
const FILLS: Partial<Record<AnyFault, Fill>> = {
  'huge-rows': { megabytes: 60, build: emptyRows },
  'many-rows': { megabytes: 8, build: emptyRows },
  'deep-rows': {
    megabytes: 2,
    build: (bytes) => '['.repeat(bytes / 2) + ']'.repeat(bytes / 2),
  },
  'huge-text': { megabytes: 60, build: (bytes) => `{"text":"${'x'.repeat(bytes)}"}` },
  // Sent compressed: a hundred kilobytes that become a hundred megabytes.
  'gzip-bomb': { megabytes: 100, build: (bytes) => `${' '.repeat(bytes)}{}` },
}

/** Returns the rows of a fault that fills memory; null for every other fault. */
export const fillRows = (fault: AnyFault | null, megabytes?: number): string | null => {
  const fill = fault && FILLS[fault]
  return fill ? fill.build((megabytes ?? fill.megabytes) * MB) : null
}
