const DAY_MS = 86_400_000

/**
 * Converts days of a person's zone to a window of instants. The end is exclusive and never in the
 * future. Null while a day is missing, the days are in the wrong order, or the window lies ahead.
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

/** Midnight of a zone: midnight of UTC minus the offset of the zone at that time. */
const startOf = (day: string, timeZone: string): Date => {
  const midnight = Date.parse(day)
  const guess = new Date(midnight - zoneOffsetAt(new Date(midnight), timeZone))
  return new Date(midnight - zoneOffsetAt(guess, timeZone))
}

const zoneOffsetAt = (at: Date, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone,
  }).format(at)
  return Date.parse(`${parts.replace(' ', 'T')}Z`) - Math.floor(at.getTime() / 1_000) * 1_000
}
