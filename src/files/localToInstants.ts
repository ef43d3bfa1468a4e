const HOUR_MS = 3_600_000

/**
 * Lists the instants at which the clock of a time zone shows this local time, in order: one as a
 * rule, none if the clock skips it, two if the clock is put back over it.
 *
 * @example localToInstants('2026-10-25T02:30:00', 'Europe/Berlin').length // 2
 */
export const localToInstants = (local: string, timeZone: string): Date[] => {
  const asUtc = Date.parse(`${local}Z`)
  // The offsets before and after any change of the clock on that day.
  const offsets = new Set([-24, 24].map((hours) => offsetAt(asUtc + hours * HOUR_MS, timeZone)))
  return [...offsets]
    .map((offset) => asUtc - offset)
    .filter((at) => at + offsetAt(at, timeZone) === asUtc)
    .sort((one, other) => one - other)
    .map((at) => new Date(at))
}

/** The milliseconds by which the zone's clock is ahead of UTC at an instant. */
const offsetAt = (at: number, timeZone: string): number => {
  const parts = Object.fromEntries(
    formatIn(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const { day = 1, hour = 0, minute = 0, month = 1, second = 0, year = 1970 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000
}

const formats = new Map<string, Intl.DateTimeFormat>()

const formatIn = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(timeZone, format)
  return format
}
