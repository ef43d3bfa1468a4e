import { DomainError } from '../domain/errors.ts'
import { dayIn, isDay, nextDay, startOfDay } from '../domain/zonedDay.ts'

/** A plus sign that was not encoded arrives as a space. */
const INSTANT = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+ -]\d\d:\d\d)$/

/**
 * An instant as people ask for it: in ISO 8601 with its offset, or as a day, which is where the day
 * begins in the time zone, or where it ends.
 *
 * @throws DomainError `request.malformed-value` neither (details name the field)
 */
export const instantOf = (
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
 * The period `[from, to)` of a statement. A day given as `to` belongs to it. Without `to` it goes
 * on until now; without `from` it begins with the month it ends in, both in the time zone.
 *
 * @throws DomainError `request.malformed-value` one of them is neither a day nor an instant, or it
 *   ends before it begins
 */
export const periodOf = ({
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
  const end = to ? instantOf(to, { edge: 'ends', field: 'to', timeZone }) : now
  const start = from
    ? instantOf(from, { edge: 'begins', field: 'from', timeZone })
    : startOfMonth(to ? new Date(end.getTime() - 1) : now, timeZone)
  // A day given as `to` is part of the period, so there is something between.
  const isOrdered = isDay(to ?? '') ? start < end : start <= end
  if (isOrdered) return { from: start, to: end }
  throw new DomainError('request.malformed-value', 'The period ends before it begins.', {
    field: 'from',
  })
}

const startOfMonth = (at: Date, timeZone: string): Date =>
  startOfDay(`${dayIn(at, timeZone).slice(0, 7)}-01`, timeZone)
