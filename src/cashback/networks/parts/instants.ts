import { DomainError } from '../../../domain/errors.ts'
import { isDay } from '../../../domain/zonedDay.ts'

const TIME =
  /^(?<day>\d{4}-\d{2}-\d{2})(?:[T ](?<time>\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?\s*(?<zone>Z|[+-]\d{2}:?\d{2})?$/i

/**
 * Parses a network's time into an instant in ISO 8601, UTC. A time without a zone is at
 * `utcOffset`; a date without a time is midnight there.
 *
 * @throws DomainError `time.malformed` not a time, or a date that does not exist
 */
export const parseInstant = (text: string, utcOffset: string): string => {
  const { day, time = '00:00', zone = utcOffset } = TIME.exec(text.trim())?.groups ?? {}
  const at = day && isDay(day) ? new Date(`${day}T${time}${normalizeZone(zone)}`) : null
  if (at && !Number.isNaN(at.getTime())) return at.toISOString()
  throw new DomainError('time.malformed', `"${text}" is not a time.`)
}

/** Parses an optional time; null if it is missing or cannot be parsed. */
export const parseOptionalInstant = (text: string | null, utcOffset: string): string | null => {
  if (text === null) return null
  try {
    return parseInstant(text, utcOffset)
  } catch {
    return null
  }
}

/**
 * Parses seconds since 1970 into an instant in ISO 8601, UTC.
 *
 * @throws DomainError `time.malformed`
 */
export const parseSeconds = (text: string): string => {
  const at = new Date(/^\d{9,10}$/.test(text) ? Number(text) * 1000 : Number.NaN)
  if (!Number.isNaN(at.getTime())) return at.toISOString()
  throw new DomainError('time.malformed', `"${text}" is not a time.`)
}

const normalizeZone = (zone: string): string =>
  zone.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')

/**
 * Converts an instant to the local date and time at an offset from UTC.
 *
 * `toWallClock(new Date('2026-10-31T20:00:00Z'), '+05:30')` returns `{ day: '2026-11-01', time:
 * '01:30:00' }`.
 */
export const toWallClock = (at: Date, utcOffset: string): { day: string; time: string } => {
  const local = new Date(at.getTime() + parseOffsetMs(utcOffset)).toISOString()
  return { day: local.slice(0, 10), time: local.slice(11, 19) }
}

/** The last midnight at that offset, at or before the instant. */
export const startOfDay = (at: Date, utcOffset: string): Date =>
  new Date(`${toWallClock(at, utcOffset).day}T00:00:00${utcOffset}`)

const parseOffsetMs = (utcOffset: string): number => {
  const [hours = 0, minutes = 0] = utcOffset.slice(1).split(':').map(Number)
  return (utcOffset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}
