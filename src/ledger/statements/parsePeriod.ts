import { DomainError } from '../../domain/errors.ts'
import { dayIn, isDay, nextDay, startOfDay } from '../../domain/zonedDay.ts'

/** A space may stand for the plus sign: one that was not encoded arrives as a space. */
const INSTANT = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+ -]\d\d:\d\d)$/

/**
 * Parses an instant of a request: ISO 8601 with its offset, or a day, which means its start or its
 * end in the time zone.
 *
 * @throws DomainError `request.malformed-value` it is neither (details name the field)
 */
export const parseInstant = (
  text: string,
  { edge, field, timeZone }: { edge: 'begins' | 'ends'; field: string; timeZone: string },
): Date => {
  if (isDay(text)) return startOfDay(edge === 'ends' ? nextDay(text) : text, timeZone)
  const at = new Date(isDay(INSTANT.exec(text)?.[1] ?? '') ? text.replace(' ', '+') : NaN)
  if (!Number.isNaN(at.getTime())) return at
  throw new DomainError(
    'request.malformed-value',
    'Give a day such as 2026-11-01, or an instant such as 2026-11-01T00:00:00+05:30.',
    { field },
  )
}

/**
 * Parses the period `[from, to)` of a statement. A day given as `to` is included. Without `to` the
 * period ends now; without `from` it starts with the month it ends in, in the time zone.
 *
 * @throws DomainError `request.malformed-value` `from` or `to` is neither a day nor an instant, or
 *   the period ends before it begins
 */
export const parsePeriod = ({
  from,
  now,
  timeZone,
  to,
}: {
  from?: string | undefined
  now: Date
  timeZone: string
  to?: string | undefined
}): { from: Date; to: Date } => {
  const end = to ? parseInstant(to, { edge: 'ends', field: 'to', timeZone }) : now
  const start = from
    ? parseInstant(from, { edge: 'begins', field: 'from', timeZone })
    : startOfMonth(to ? new Date(end.getTime() - 1) : now, timeZone)
  // A day given as `to` is included, so the period cannot be empty.
  const isOrdered = isDay(to ?? '') ? start < end : start <= end
  if (isOrdered) return { from: start, to: end }
  throw new DomainError('request.malformed-value', 'The period ends before it begins.', {
    field: 'from',
  })
}

const startOfMonth = (at: Date, timeZone: string): Date =>
  startOfDay(`${dayIn(at, timeZone).slice(0, 7)}-01`, timeZone)
