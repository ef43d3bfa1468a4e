import { isTimeZone } from '../../domain/zonedDay.ts'

export type Times = {
  /** `18 Nov 2026, 19:22:41` */
  full: (at: Instant) => string
  /** `18 Nov, 19:22:41`, for tables where the year is obvious. */
  short: (at: Instant) => string
  /** `18 Nov, 19:22` */
  moment: (at: Instant) => string
  /** `18 Nov 2026, 19:22` */
  minute: (at: Instant) => string
  /** `19:22:41` */
  clock: (at: Instant) => string
  /** `18 Nov 2026` */
  day: (at: Instant) => string
  /** `18 Nov` */
  dayOfMonth: (at: Instant) => string
  /** `Nov 2026` */
  month: (at: Instant) => string
  /** The short name of the zone: `IST`. */
  zone: string
  /** The zone's name for PostgreSQL and Intl; always valid. */
  timeZone: string
}
type Instant = Date | string

const HOME = 'Asia/Kolkata'
const LOCALE = 'en-IN'
const DAY = { day: 'numeric', month: 'short' } as const
const MINUTE = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const CLOCK = { ...MINUTE, second: '2-digit' } as const

/** Formats instants in a person's zone. The zone is free text: an invalid one counts as India's. */
export const timesIn = (wanted: string | null | undefined): Times => {
  const timeZone = wanted && isTimeZone(wanted) ? wanted : HOME
  const writer = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(LOCALE, { ...options, timeZone })
    return (at: Instant) => format.format(new Date(at))
  }
  return {
    full: writer({ ...DAY, ...CLOCK, year: 'numeric' }),
    short: writer({ ...DAY, ...CLOCK }),
    moment: writer({ ...DAY, ...MINUTE }),
    minute: writer({ ...DAY, ...MINUTE, year: 'numeric' }),
    clock: writer(CLOCK),
    day: writer({ ...DAY, year: 'numeric' }),
    dayOfMonth: writer(DAY),
    month: writer({ month: 'short', year: 'numeric' }),
    zone: zoneOf(timeZone),
    timeZone,
  }
}

const zoneOf = (timeZone: string): string =>
  new Intl.DateTimeFormat(LOCALE, { timeZone, timeZoneName: 'short' })
    .formatToParts(new Date(0))
    .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
