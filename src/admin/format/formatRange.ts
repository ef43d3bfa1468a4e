import { formatCount } from './counts.ts'

/** A page of a long list. */
export type ListPosition = { limit: number; page: number; total: number }

/**
 * The rows that are shown, and their total.
 *
 * @example formatRange({ page: 2, limit: 20, total: 38 }) // '21–38 of 38'
 */
export const formatRange = ({ limit, page, total }: ListPosition): string => {
  const first = (page - 1) * limit + 1
  const last = Math.min(page * limit, total)
  const all = formatCount(total)
  if (first > last) return `None of ${all}`
  if (first === last) return `${formatCount(first)} of ${all}`
  return `${formatCount(first)}–${formatCount(last)} of ${all}`
}
