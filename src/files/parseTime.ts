import { DomainError } from '../domain/errors.ts'
import { isDay, startOfDay } from '../domain/zonedDay.ts'
import { localToInstants } from './localToInstants.ts'

export type DateOrder = 'dmy' | 'mdy' | 'ymd'
type Format = {
  /** The order of the parts of a date. A date that begins with a year of four digits is `ymd`. */
  dateOrder: DateOrder
  /** The account's offset from UTC, such as `+05:30`, for times without a zone. */
  utcOffset: string
  /** The account's time zone in the IANA database, in place of the offset. */
  timeZone?: string | undefined
  /** Refuses what the other order of day and month reads differently: the file has both. */
  isMixed?: boolean
}

const MONTHS =
  'january february march april may june july august september october november december'.split(' ')
const WEEKDAY = '(?:(?<weekday>sun|mon|tue|wed|thu|fri|sat)(?:s|nes|rs|ur)?(?:day)?\\.?,?\\s+)?'
const WEEKDAYS = 'sun mon tue wed thu fri sat'.split(' ')
const DATE =
  '(?<one>\\d{1,4}|[a-z]{3,9}\\.?)(?<mark>[./-]| )\\s*(?<two>\\d{1,2}|[a-z]{3,9}\\.?),?(?:\\k<mark>| )\\s*(?<three>\\d{1,4})'
const CLOCK =
  '(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:[.,]\\d+)?)?(?:\\s*(?<half>[ap])\\.?m\\.?)?'
const ZONE = '(?<zone>z|utc|gmt|(?:utc|gmt)?[+-]\\d{2}(?::?\\d{2})?)'
const TIME = new RegExp(`^${WEEKDAY}${DATE}(?:(?:t|,?\\s+)${CLOCK}(?:\\s*${ZONE})?)?$`, 'i')
/** Longer than any time: what is longer is not tried. */
const MAX_CHARACTERS = 60

/**
 * Parses a time of a file into an instant in ISO 8601, UTC: numbers or names of months, hours of 24
 * or of 12 with AM and PM, with or without seconds and zone. A date without a time is midnight of
 * the account. Refused are a year of two digits, a date that does not exist, and a time that the
 * clock of the time zone skips or shows twice.
 *
 * @example parseTime('27/11/2026 9:05 PM', { dateOrder: 'dmy', utcOffset: '+05:30' }) // '2026-11-27T15:35:00.000Z'
 * @throws DomainError `time.malformed` not a time in this format
 * @throws DomainError `time.ambiguous` it may be two times
 */
export const parseTime = (text: string, format: Format): string => {
  const plain = text.trim()
  const parts = plain.length <= MAX_CHARACTERS ? TIME.exec(plain)?.groups : undefined
  const day = parts && toDay(parts, format.dateOrder)
  const clock = parts && toClock(parts)
  if (!parts || !day || !clock || !isOnWeekday(day, parts.weekday)) throw malformed(text)
  if (format.isMixed && isEitherOrder(parts, format.dateOrder)) {
    throw ambiguous(text, 'may have day and month in two orders')
  }
  return toInstant({ text, day, clock, parts, format })
}

/**
 * Tells whether a date of a file fits one order of day and month only, and which: so the dates of a
 * file show its order. Null for one that fits both or none.
 *
 * @example findDateOrder('27/11/2026') // 'dmy'
 */
export const findDateOrder = (text: string): 'dmy' | 'mdy' | null => {
  const parts = text.length <= MAX_CHARACTERS ? TIME.exec(text.trim())?.groups : undefined
  if (!parts || !isNumeric(parts)) return null
  const [isDmy, isMdy] = [toDay(parts, 'dmy') !== null, toDay(parts, 'mdy') !== null]
  return isDmy === isMdy ? null : isDmy ? 'dmy' : 'mdy'
}

type Parts = Record<string, string | undefined>

const malformed = (text: string) =>
  new DomainError('time.malformed', `"${text}" is not a time in this format.`)
const ambiguous = (text: string, why: string) =>
  new DomainError('time.ambiguous', `"${text}" ${why}.`)

const toDay = ({ one = '', three = '', two = '' }: Parts, dateOrder: DateOrder): string | null => {
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
  dateOrder: DateOrder,
): [year: string, month: string, day: string] => {
  if (/^\d{4}$/.test(one)) return [one, two, three]
  if (/^[a-z]/i.test(one)) return [three, one, two]
  if (/^[a-z]/i.test(two) || dateOrder === 'dmy') return [three, two, one]
  return dateOrder === 'mdy' ? [three, one, two] : [one, two, three]
}

const isOnWeekday = (day: string, weekday: string | undefined): boolean =>
  weekday === undefined || WEEKDAYS[new Date(day).getUTCDay()] === weekday.toLowerCase()

/** Numbers alone, and the year last: only the setting tells day from month. */
const isNumeric = ({ one = '', two = '' }: Parts): boolean =>
  /^\d{1,2}$/.test(one) && /^\d{1,2}$/.test(two)

const isEitherOrder = (parts: Parts, dateOrder: DateOrder): boolean => {
  if (dateOrder === 'ymd' || !isNumeric(parts)) return false
  const other = toDay(parts, dateOrder === 'dmy' ? 'mdy' : 'dmy')
  return other !== null && other !== toDay(parts, dateOrder)
}

/** English names and their first three letters; another language may mean another month by them. */
const toMonth = (text: string): string | null => {
  if (/^\d{1,2}$/.test(text)) return text.padStart(2, '0')
  const name = text.toLowerCase().replace(/\.$/, '')
  const at = MONTHS.findIndex((month) => month === name || month.slice(0, 3) === name)
  if (at < 0 && name === 'sept') return '09'
  return at < 0 ? null : String(at + 1).padStart(2, '0')
}

const toClock = ({ half, hour, minute = '00', second = '00' }: Parts): string | null => {
  const given = Number(hour ?? 0)
  if (half !== undefined && (given < 1 || given > 12)) return null
  const hours = half === undefined ? given : (given % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  if (hours > 23 || Number(minute) > 59 || Number(second) > 59) return null
  return `${String(hours).padStart(2, '0')}:${minute}:${second}`
}

type Read = { text: string; day: string; clock: string; parts: Parts; format: Format }

const toInstant = ({ clock, day, format, parts, text }: Read): string => {
  const { timeZone, utcOffset } = format
  if (parts.zone !== undefined || timeZone === undefined) {
    const offset = parts.zone === undefined ? utcOffset : toOffset(parts.zone)
    const at = offset === null ? null : new Date(`${day}T${clock}${offset}`)
    if (!at || Number.isNaN(at.getTime())) throw malformed(text)
    return at.toISOString()
  }
  const [at, second] = localToInstants(`${day}T${clock}`, timeZone)
  // The first instant of a day is known also where the clock skips midnight or shows it twice.
  if (parts.hour === undefined) return (at ?? startOfDay(day, timeZone)).toISOString()
  if (at === undefined) throw malformed(text)
  if (second !== undefined) throw ambiguous(text, `comes twice in ${timeZone}`)
  return at.toISOString()
}

/** No zone is further than 14 hours from UTC. */
const toOffset = (zone: string): string | null => {
  const [, sign, hours, minutes = '00'] = /([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? []
  if (sign === undefined || hours === undefined) return 'Z'
  return Number(hours) > 14 || Number(minutes) > 59 ? null : `${sign}${hours}:${minutes}`
}
