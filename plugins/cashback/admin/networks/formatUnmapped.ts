import { formatCount } from '../../../../src/admin/format/counts.ts'
import type { UnmappedStatus } from '../../../../src/cashback/ingestion/overview/countUnmappedStatuses.ts'

const SHOWN = 3

/**
 * Formats the statuses that an adapter does not know, with their transactions.
 *
 * @example formatUnmapped([{ status: 'Locked', count: 2 }]) // 'Locked: 2'
 */
export const formatUnmapped = (statuses: readonly UnmappedStatus[]): string => {
  if (statuses.length === 0) return '0'
  const shown = statuses
    .slice(0, SHOWN)
    .map(({ count, status }) => `${status}: ${formatCount(count)}`)
  const left = statuses.length - shown.length
  return [...shown, ...(left > 0 ? [`${formatCount(left)} more`] : [])].join(' · ')
}
