const DAY_MS = 86_400_000

/** Adds days of 24 hours, so that a hold does not depend on a time zone. */
export const addDays = (at: Date, days: number): Date => new Date(at.getTime() + days * DAY_MS)

/**
 * Adds months in UTC. The day stays the same, or becomes the last day of a shorter month.
 *
 * @example addMonths(new Date('2026-01-31T10:00:00Z'), 1).toISOString() // '2026-02-28T10:00:00.000Z'
 */
export const addMonths = (at: Date, months: number): Date => {
  const moved = new Date(at)
  moved.setUTCMonth(at.getUTCMonth() + months, 1)
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0))
  moved.setUTCDate(Math.min(at.getUTCDate(), lastDay.getUTCDate()))
  return moved
}
