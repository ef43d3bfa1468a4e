const HOUR_MS = 3_600_000
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/

/**
 * Returns true for a calendar day that a statement can cover, from 1970 to 9998.
 *
 * @example isDay('2026-02-30') // false
 */
export const isDay = (text: string): boolean => {
  if (!DAY.test(text) || text < '1970' || text >= '9999') return false
  const midnight = new Date(`${text}T00:00:00Z`)
  // An engine may read 30 February as 2 March.
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text)
}

/** Returns true for the name of a time zone in the IANA database. */
export const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/**
 * Returns the time zone of this name in the IANA database, or UTC if there is none.
 *
 * @example resolveTimeZone('Nowhere/Else') // 'UTC'
 */
export const resolveTimeZone = (name: string | null | undefined): string => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name ?? 'UTC' }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}

/**
 * Returns the calendar day in a time zone at an instant.
 *
 * @example dayIn(new Date('2026-10-31T20:00:00Z'), 'Asia/Kolkata') // '2026-11-01'
 */
export const dayIn = (at: Date, timeZone: string): string => dayFormat(timeZone)(at)

/** Returns the next calendar day. */
export const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 24 * HOUR_MS).toISOString().slice(0, 10)

/**
 * Returns the first instant of a day in a time zone: midnight, or the first instant after it where
 * the clock skips midnight. A day that the zone skipped starts with the next day.
 *
 * @example startOfDay('2026-11-01', 'Asia/Kolkata').toISOString() // '2026-10-31T18:30:00.000Z'
 */
export const startOfDay = (day: string, timeZone: string): Date => {
  const dayOf = dayFormat(timeZone)
  const utcMidnight = Date.parse(`${day}T00:00:00Z`)
  // No time zone is a whole day away from UTC, and in between the date only grows.
  let before = utcMidnight - 24 * HOUR_MS
  let reached = utcMidnight + 24 * HOUR_MS
  while (reached - before > 1) {
    const middle = Math.floor((before + reached) / 2)
    if (dayOf(new Date(middle)) >= day) reached = middle
    else before = middle
  }
  return new Date(reached)
}

const dayFormat = (timeZone: string): ((at: Date) => string) => {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  return (at) => {
    const part = Object.fromEntries(
      format.formatToParts(at).map(({ type, value }) => [type, value]),
    )
    return `${part.year?.padStart(4, '0') ?? ''}-${part.month ?? ''}-${part.day ?? ''}`
  }
}
