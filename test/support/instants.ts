const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const START = Date.parse('2026-01-01T10:00:00Z')

/** The instant this many hours before now, as ISO 8601. */
export const hoursAgo = (hours: number): string =>
  new Date(Date.now() - hours * HOUR_MS).toISOString()

/** The instant this many days before now, as ISO 8601. */
export const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString()

/** The instant of a day of a story; day 0 is 1 January 2026, 10:00 UTC. */
export const instantOf = (day: number): Date => new Date(START + day * DAY_MS)

/**
 * The instant of an order with a fixed time in a story, as ISO 8601: on the last day of the month
 * before day 0 instead of 31 October 2026, at the same time of day. No order is of the future.
 */
export const eventInstantOf = (eventAt: string): string =>
  new Date(Date.parse(eventAt) - DAYS_FROM_DECEMBER * DAY_MS).toISOString()

const DAYS_FROM_DECEMBER = 304
