import { addDays } from '../domain/dates.ts'
import { DomainError } from '../domain/errors.ts'
import { isDay, nextDay } from '../domain/zonedDay.ts'

const USUAL_DAYS = 30
const MOST_DAYS = 366
const DAY_MS = 86_400_000

type Asked = {
  /** Days, both within. */
  from?: string | undefined
  to?: string | undefined
  now: Date
}

/**
 * The days that a reconciliation speaks of, in UTC: until today, and 30 of them, unless told.
 *
 * @throws DomainError `request.malformed-value` no day, an end before the beginning, or more than a year
 */
export const reconciledPeriod = ({ from, now, to }: Asked): { from: Date; to: Date } => {
  const end = new Date(`${nextDay(dayOf(to, 'to') ?? now.toISOString().slice(0, 10))}T00:00:00Z`)
  const day = dayOf(from, 'from')
  const start = day === null ? addDays(end, -USUAL_DAYS) : new Date(`${day}T00:00:00Z`)
  if (start >= end) throw malformed('The period ends before it begins.', 'from')
  if (end.getTime() - start.getTime() > MOST_DAYS * DAY_MS)
    throw malformed('Ask for a year at most.', 'from')
  return { from: start, to: end }
}

const dayOf = (text: string | undefined, field: string): string | null => {
  if (!text) return null
  if (isDay(text)) return text
  throw malformed('Give a day such as 2026-11-01.', field)
}

const malformed = (words: string, field: string) =>
  new DomainError('request.malformed-value', words, { field })
