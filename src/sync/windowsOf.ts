import type { NetworkCapabilities, SaleWindow } from '../networks/types.ts'

type Cursors = {
  capabilities: NetworkCapabilities
  eventWatermark: Date | null
  changeWatermark: Date | null
  overlapHours: number
  now: Date
  /** Asked for by hand, instead of what the watermarks say. */
  asked?: { from: Date; to: Date } | undefined
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

/**
 * What to ask a network for, oldest first, in slices that it takes. New sales since the watermark,
 * with an overlap, since reports come late; changes likewise, where it can be asked for them, and
 * else everything whose state may still change.
 */
export const windowsOf = (cursors: Cursors): SaleWindow[] => {
  const { asked, capabilities, changeWatermark, eventWatermark, now, overlapHours } = cursors
  const { hasChangeFilter, maxWindowDays, rescanDays } = capabilities
  if (asked) return slicesOf({ ...asked, by: 'event' }, maxWindowDays)

  const start = new Date(now.getTime() - rescanDays * DAY)
  const since = (watermark: Date | null) =>
    watermark ? new Date(watermark.getTime() - overlapHours * HOUR) : start
  const event: SaleWindow = {
    from: hasChangeFilter ? since(eventWatermark) : start,
    to: now,
    by: 'event',
  }
  const change: SaleWindow = { from: since(changeWatermark), to: now, by: 'change' }
  return (hasChangeFilter ? [event, change] : [event]).flatMap((window) =>
    slicesOf(window, maxWindowDays),
  )
}

const slicesOf = ({ by, from, to }: SaleWindow, days: number): SaleWindow[] => {
  const slices: SaleWindow[] = []
  let start = from
  while (start < to) {
    const end = new Date(Math.min(start.getTime() + days * DAY, to.getTime()))
    slices.push({ by, from: start, to: end })
    start = end
  }
  return slices
}
