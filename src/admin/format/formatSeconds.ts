import { formatAge } from './formatAge.ts'

/**
 * A duration, with tenths below ten seconds.
 *
 * @example formatSeconds(6.14) // '6.1 s'
 */
export const formatSeconds = (seconds: number): string =>
  seconds < 10 ? `${seconds.toFixed(1)} s` : formatAge(seconds)
