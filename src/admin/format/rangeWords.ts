import { formatCount } from './counts.ts'

/** A page of a long list. */
export type Place = { limit: number; page: number; total: number }

/**
 * Which rows of how many are shown.
 *
 * @example rangeWords({ page: 2, limit: 20, total: 38 }) // '21–38 of 38'
 */
export const rangeWords = ({ limit, page, total }: Place): string => {
  const first = (page - 1) * limit + 1
  const last = Math.min(page * limit, total)
  const all = formatCount(total)
  if (first > last) return `None of ${all}`
  if (first === last) return `${formatCount(first)} of ${all}`
  return `${formatCount(first)}–${formatCount(last)} of ${all}`
}
