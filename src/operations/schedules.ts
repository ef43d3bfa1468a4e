import { Cron } from 'croner'
import cronstrue from 'cronstrue'

/** Schedules are read in UTC, whatever zone a server is in. */
const ZONE = 'UTC'

/**
 * When a schedule falls due next, strictly after `now`; null for one that never will.
 *
 * @example nextRunOf('0 2 * * *', new Date('2026-11-20T09:00:00Z')) // 2026-11-21T02:00:00.000Z
 */
export const nextRunOf = (schedule: string, now: Date): Date | null =>
  new Cron(schedule, { timezone: ZONE, paused: true }).nextRun(now)

/**
 * A schedule in words.
 *
 * @example scheduleInWords('0 2 * * *') // 'At 02:00 UTC'
 */
export const scheduleInWords = (schedule: string): string => {
  const words = cronstrue.toString(schedule, { use24HourTimeFormat: true })
  return /\d:\d/.test(words) ? `${words} UTC` : words
}
