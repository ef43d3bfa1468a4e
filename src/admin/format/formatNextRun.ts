import { formatAge } from './formatAge.ts'

const DAY_MS = 86_400_000

/**
 * When a job runs next: `Tomorrow, 07:30, in 17 h`.
 *
 * @example formatNextRun('2026-11-21T02:00:00Z', { now: '2026-11-20T09:05:00Z', timeZone: 'Asia/Kolkata' })
 */
export const formatNextRun = (
  at: string,
  { now, timeZone }: { now: string; timeZone: string },
): string => {
  const [next, from] = [new Date(at), new Date(now)]
  const clock = new Intl.DateTimeFormat('en-IN', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(next)
  const span = formatAge((next.getTime() - from.getTime()) / 1_000)
  return `${dayOf(next, from, timeZone)}, ${clock}, in ${span.replace(/ (\d+) (min|s)$/, '')}`
}

const dayOf = (next: Date, from: Date, timeZone: string): string => {
  const day = (at: Date) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(at)
  if (day(next) === day(from)) return 'Today'
  if (day(next) === day(new Date(from.getTime() + DAY_MS))) return 'Tomorrow'
  return new Intl.DateTimeFormat('en-IN', { timeZone, weekday: 'long' }).format(next)
}
