import { addDays } from '../../../domain/dates.ts'
import { NetworkError } from '../NetworkError.ts'
import type { NetworkCapabilities, TransactionPage, TransactionWindow } from '../types.ts'

/**
 * Splits a window into slices that the network accepts, oldest first. If the network cannot list by
 * the time of change, the slices cover every transaction with a status that may still change.
 */
export const sliceWindow = (
  window: TransactionWindow,
  { hasChangeFilter, maxWindowDays, rescanDays }: NetworkCapabilities,
): TransactionWindow[] => {
  const isByEvent = window.by === 'event' || !hasChangeFilter
  const by = isByEvent ? 'event' : 'change'
  let from = window.by === by ? window.from : addDays(window.from, -rescanDays)
  const slices: TransactionWindow[] = []
  do {
    const end = addDays(from, maxWindowDays)
    const to = end < window.to ? end : window.to
    slices.push({ from, to, by })
    from = to
  } while (from < window.to)
  return slices
}

type Check = {
  page: TransactionPage
  window: TransactionWindow
  /**
   * `each`: every row must be in the window. For networks that document which time they filter by.
   * `any`: the page is refused only if all of its rows are outside.
   */
  by: 'each' | 'any'
}

/**
 * Checks a page against the requested window: a network that does not know a parameter ignores it
 * without an error, and returns another window.
 *
 * @throws NetworkError `network.bad-answer` the page is from another window
 */
export const checkWindow = ({ by, page, window }: Check): TransactionPage => {
  const { from, to } = window
  // Requests name whole seconds, and rows too.
  const start = new Date(Math.floor(from.getTime() / 1_000) * 1_000)
  const times = page.rows
    .map(({ changedAt, eventAt }) => (window.by === 'event' ? eventAt : changedAt))
    .filter((at) => at !== null)
  const outside = times.filter((at) => new Date(at) < start || new Date(at) > to)
  const isOther = by === 'each' ? outside.length > 0 : outside.length === times.length
  if (times.length === 0 || !isOther) return page
  throw new NetworkError('network.bad-answer', {
    message:
      `requested ${from.toISOString()} to ${to.toISOString()}, got ${outside.join(', ')}`.slice(
        0,
        300,
      ),
  })
}
