import type { Series } from './types.ts'

/** How many of a series come before the instant. */
export const lowerBound = (
  { length, timeAt }: Pick<Series, 'length' | 'timeAt'>,
  ms: number,
): number => {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (timeAt(middle) < ms) low = middle + 1
    else high = middle
  }
  return low
}
