import { addDays } from '../../domain/dates.ts'
import type { NetworkCapabilities, SaleWindow } from '../types.ts'

/**
 * Cuts a window into pieces that a network takes, oldest first. A network that cannot be asked for
 * what changed is asked for everything whose state may have changed meanwhile.
 */
export const slicesOf = (
  window: SaleWindow,
  { hasChangeFilter, maxWindowDays, rescanDays }: NetworkCapabilities,
): SaleWindow[] => {
  const isByEvent = window.by === 'event' || !hasChangeFilter
  const by = isByEvent ? 'event' : 'change'
  let from = window.by === by ? window.from : addDays(window.from, -rescanDays)
  const slices: SaleWindow[] = []
  do {
    const end = addDays(from, maxWindowDays)
    const to = end < window.to ? end : window.to
    slices.push({ from, to, by })
    from = to
  } while (from < window.to)
  return slices
}
