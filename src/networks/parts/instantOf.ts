import { DomainError } from '../../domain/errors.ts'
import { isDay } from '../../domain/zonedDay.ts'

const TIME =
  /^(?<day>\d{4}-\d{2}-\d{2})(?:[T ](?<time>\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?\s*(?<zone>Z|[+-]\d{2}:?\d{2})?$/i

/**
 * Reads a network's time as an instant. A time without a zone is one at `utcOffset`, a day alone is
 * its midnight there.
 *
 * @throws DomainError `time.malformed` no time, or of a day that no calendar has
 */
export const instantOf = (text: string, utcOffset: string): string => {
  const { day, time = '00:00', zone = utcOffset } = TIME.exec(text.trim())?.groups ?? {}
  const at = day && isDay(day) ? new Date(`${day}T${time}${isoZone(zone)}`) : null
  if (at && !Number.isNaN(at.getTime())) return at.toISOString()
  throw new DomainError('time.malformed', `"${text}" is not a time.`)
}

/** The same for what a sale can do without: null where there is none that can be read. */
export const maybeInstantOf = (text: string | null, utcOffset: string): string | null => {
  if (text === null) return null
  try {
    return instantOf(text, utcOffset)
  } catch {
    return null
  }
}

/** Seconds since 1970, as postbacks have them. */
export const instantOfSeconds = (text: string): string => {
  const at = new Date(/^\d{9,10}$/.test(text) ? Number(text) * 1000 : Number.NaN)
  if (!Number.isNaN(at.getTime())) return at.toISOString()
  throw new DomainError('time.malformed', `"${text}" is not a time.`)
}

const isoZone = (zone: string): string =>
  zone.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')
