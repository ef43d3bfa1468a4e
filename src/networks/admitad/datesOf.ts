import { dayBegins, wallClock } from '../parts/wallClock.ts'
import type { SaleWindow } from '../types.ts'

const DAY_MS = 86_400_000

/** A window as Admitad takes it: whole days of its clock by the sale, seconds by the change. */
export const datesOf = (window: SaleWindow, utcOffset: string): Record<string, string> => {
  const from = wallClock(window.from, utcOffset)
  const to = wallClock(window.to, utcOffset)
  return window.by === 'event'
    ? { date_start: dotted(from.day), date_end: dotted(to.day) }
    : {
        status_updated_start: `${dotted(from.day)} ${from.time}`,
        status_updated_end: `${dotted(to.day)} ${to.time}`,
      }
}

/** What a page may then hold: the whole of the first and the last day there. */
export const askedDays = ({ by, from, to }: SaleWindow, utcOffset: string): SaleWindow => ({
  by,
  from: dayBegins(from, utcOffset),
  to: new Date(dayBegins(to, utcOffset).getTime() + DAY_MS - 1),
})

const dotted = (day: string): string => day.split('-').toReversed().join('.')
