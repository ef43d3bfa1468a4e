import { addDays } from './dates.ts'
import { DomainError } from './errors.ts'
import { isDay, nextDay } from './zonedDay.ts'

const DEFAULT_DAYS = 30
const MAX_DAYS = 366
const DAY_MS = 86_400_000

type PeriodQuery = {
  /** Days; both belong to the period. */
  from?: string | undefined
  to?: string | undefined
  now: Date
}

/**
 * The period of a reconciliation, in days of UTC. Default: the 30 days that end today.
 *
 * @throws DomainError `request.malformed-value` a text is no day, the end is before the beginning,
 *   or the period is longer than a year
 */
export const parseReconciledPeriod = ({ from, now, to }: PeriodQuery): { from: Date; to: Date } => {
  const end = new Date(`${nextDay(parseDay(to, 'to') ?? now.toISOString().slice(0, 10))}T00:00:00Z`)
  const day = parseDay(from, 'from')
  const start = day === null ? addDays(end, -DEFAULT_DAYS) : new Date(`${day}T00:00:00Z`)
  if (start >= end) throw malformed('The period ends before it begins.', 'from')
  if (end.getTime() - start.getTime() > MAX_DAYS * DAY_MS) {
    throw malformed('The period is longer than a year.', 'from')
  }
  return { from: start, to: end }
}

const parseDay = (text: string | undefined, field: string): string | null => {
  if (!text) return null
  if (isDay(text)) return text
  throw malformed('Give a day such as 2026-11-01.', field)
}

const malformed = (message: string, field: string) =>
  new DomainError('request.malformed-value', message, { field })
