const DAY_MS = 86_400_000

/**
 * Days of a person's zone as a window of instants, its end not in it and never in the future. Null
 * while they are no window: one is missing, or they are in the wrong order, or to come.
 *
 * @example daysToWindow({ from: '2026-10-01', to: '2026-10-31' }, { now, timeZone: 'Asia/Kolkata' }) // { from: '2026-09-30T18:30:00.000Z', to: '2026-10-31T18:30:00.000Z' }
 */
export const daysToWindow = (
  { from, to }: { from: string; to: string },
  { now, timeZone }: { now: string; timeZone: string },
): { from: string; to: string } | null => {
  if (!from || !to || from > to) return null
  const start = startOf(from, timeZone)
  const end = new Date(Math.min(startOf(nextDay(to), timeZone).getTime(), new Date(now).getTime()))
  return start < end ? { from: start.toISOString(), to: end.toISOString() } : null
}

const nextDay = (day: string): string =>
  new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10)

/** Midnight of a zone: that of UTC, less what the zone is ahead then. */
const startOf = (day: string, timeZone: string): Date => {
  const midnight = Date.parse(day)
  const guess = new Date(midnight - aheadBy(new Date(midnight), timeZone))
  return new Date(midnight - aheadBy(guess, timeZone))
}

const aheadBy = (at: Date, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone,
  }).format(at)
  return Date.parse(`${parts.replace(' ', 'T')}Z`) - Math.floor(at.getTime() / 1_000) * 1_000
}
