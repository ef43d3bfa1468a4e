const DAY_MS = 86_400_000
const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

/**
 * An instant of the past to the minute, with `today` or `yesterday` where it fits.
 *
 * @example formatWhen('2026-11-20T02:04:00Z', { now: '2026-11-20T09:05:00Z', timeZone: 'Asia/Kolkata' }) // 'today, 07:34'
 */
export const formatWhen = (
  at: string,
  { now, timeZone }: { now: string; timeZone: string },
): string => {
  const then = new Date(at)
  const clock = new Intl.DateTimeFormat('en-IN', { ...CLOCK, timeZone }).format(then)
  return `${dayOf(then, new Date(now), timeZone)}, ${clock}`
}

const dayOf = (then: Date, now: Date, timeZone: string): string => {
  const day = (at: Date) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(at)
  if (day(then) === day(now)) return 'today'
  if (day(then) === day(new Date(now.getTime() - DAY_MS))) return 'yesterday'
  const isOld = now.getTime() - then.getTime() > 300 * DAY_MS
  return new Intl.DateTimeFormat('en-IN', {
    day: 'numeric',
    month: 'short',
    ...(isOld ? { year: 'numeric' } : {}),
    timeZone,
  }).format(then)
}
