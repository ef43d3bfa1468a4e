import { DomainError } from '../../domain/errors.ts'
import { isDay } from '../../domain/zonedDay.ts'

type Format = {
  /** The order of the parts of a date. A date that begins with a year of four digits is `ymd`. */
  dateOrder: 'dmy' | 'mdy' | 'ymd'
  /** The account's offset from UTC, such as `+05:30`, for times without a zone. */
  utcOffset: string
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const DATE =
  '(?<one>\\d{1,4}|[a-z]{3,9})(?<mark>[./-]| )\\s*(?<two>\\d{1,2}|[a-z]{3,9}),?(?:\\k<mark>| )\\s*(?<three>\\d{1,4})'
const CLOCK =
  '(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:[.,]\\d+)?)?(?:\\s*(?<half>[ap])\\.?m\\.?)?'
const ZONE = '(?<zone>z|utc|gmt|(?:utc|gmt)?[+-]\\d{2}:?\\d{2})'
const TIME = new RegExp(`^${DATE}(?:(?:t|,?\\s+)${CLOCK})?(?:\\s*${ZONE})?$`, 'i')

/**
 * Parses a time of a file into an instant in ISO 8601, UTC: numbers or names of months, hours of 24
 * or of 12 with AM and PM, with or without seconds and zone. A date without a time is midnight of
 * the account. A year of two digits is refused, and so is a date that does not exist.
 *
 * @example parseTime('27/11/2026 9:05 PM', { dateOrder: 'dmy', utcOffset: '+05:30' }) // '2026-11-27T15:35:00.000Z'
 * @throws DomainError `time.malformed`
 */
export const parseTime = (text: string, { dateOrder, utcOffset }: Format): string => {
  const parts = TIME.exec(text.trim())?.groups
  const day = parts && toDay(parts, dateOrder)
  const clock = parts && toClock(parts)
  const at = day && clock ? new Date(`${day}T${clock}${toOffset(parts.zone, utcOffset)}`) : null
  if (at && !Number.isNaN(at.getTime())) return at.toISOString()
  throw new DomainError('time.malformed', `"${text}" is not a time in this format.`)
}

type Parts = Record<string, string | undefined>

const toDay = ({ one = '', three = '', two = '' }: Parts, dateOrder: string): string | null => {
  const [year, month, day] = orderParts([one, two, three], dateOrder)
  if (!/^\d{4}$/.test(year)) return null
  const number = toMonth(month)
  if (number === null || !/^\d{1,2}$/.test(day)) return null
  const text = `${year}-${number}-${day.padStart(2, '0')}`
  return isDay(text) ? text : null
}

/** A year of four digits in front or a month by name decides the order, whatever the setting. */
const orderParts = (
  [one, two, three]: [string, string, string],
  dateOrder: string,
): [year: string, month: string, day: string] => {
  if (/^\d{4}$/.test(one)) return [one, two, three]
  if (/^[a-z]/i.test(one)) return [three, one, two]
  if (/^[a-z]/i.test(two) || dateOrder === 'dmy') return [three, two, one]
  return dateOrder === 'mdy' ? [three, one, two] : [one, two, three]
}

const toMonth = (text: string): string | null => {
  if (/^\d{1,2}$/.test(text)) return text.padStart(2, '0')
  const at = MONTHS.indexOf(text.slice(0, 3).toLowerCase())
  return at < 0 ? null : String(at + 1).padStart(2, '0')
}

const toClock = ({ half, hour, minute = '00', second = '00' }: Parts): string | null => {
  const given = Number(hour ?? 0)
  if (half !== undefined && (given < 1 || given > 12)) return null
  const hours = half === undefined ? given : (given % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  if (hours > 23 || Number(minute) > 59 || Number(second) > 59) return null
  return `${String(hours).padStart(2, '0')}:${minute}:${second}`
}

const toOffset = (zone: string | undefined, utcOffset: string): string => {
  if (zone === undefined) return utcOffset
  const offset = /[+-]\d{2}:?\d{2}$/.exec(zone)?.[0]
  return offset ? offset.replace(/^(.{3})(\d{2})$/, '$1:$2') : 'Z'
}
